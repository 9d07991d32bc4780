class Codes {
    static String describe(int code) {
        return switch (code) {
            case 4001 -> "berth unknown";
            case 4002 -> "berth closed";
            case 4007 -> "vessel too long";
            case 4011 -> "draught too deep";
            case 4013 -> "tide too low";
            case 4017 -> "pilot missing";
            default -> "unknown";
        };
    }
}
