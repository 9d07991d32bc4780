const actions = { 13: "enter", 27: "escape", 37: "left", 38: "up", 39: "right", 40: "down" };

function actionOf(event) {
  return actions[event.keyCode];
}

function isArrow(code) {
  return code === 37 || code === 38 || code === 39 || code === 40;
}

module.exports = { actionOf, isArrow };
