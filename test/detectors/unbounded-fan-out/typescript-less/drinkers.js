exports.removeFromWell = async (drinker) => drinker;
