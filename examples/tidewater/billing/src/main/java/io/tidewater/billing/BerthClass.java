package io.tidewater.billing;

/** What a berth offers, and the daily price per metre in pence. */
public enum BerthClass {
    SWINGING(95, false, false),
    DRYING(70, false, false),
    STANDARD(240, true, false),
    VISITOR(310, true, false),
    SHELTERED(335, true, false),
    POWERED(365, true, true),
    SUPERYACHT(890, true, true),
    COMMERCIAL(410, true, true),
    FISHING(120, true, false);

    private final int pencePerMetre;
    private final boolean water;
    private final boolean power;

    BerthClass(int pencePerMetre, boolean water, boolean power) {
        this.pencePerMetre = pencePerMetre;
        this.water = water;
        this.power = power;
    }

    public int pencePerMetre() {
        return pencePerMetre;
    }

    public boolean hasWater() {
        return water;
    }

    public boolean hasPower() {
        return power;
    }

    /** The class for the API's lower-case name. */
    public static BerthClass fromApi(String name) {
        return switch (name) {
            case "swinging" -> SWINGING;
            case "drying" -> DRYING;
            case "standard" -> STANDARD;
            case "visitor" -> VISITOR;
            case "sheltered" -> SHELTERED;
            case "powered" -> POWERED;
            case "superyacht" -> SUPERYACHT;
            case "commercial" -> COMMERCIAL;
            case "fishing" -> FISHING;
            default -> throw new IllegalArgumentException("unknown berth class: " + name);
        };
    }
}
