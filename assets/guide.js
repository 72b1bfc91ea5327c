// The scripts of every page of the guide, in the order in which they begin.

import "./accessibility.js";
import "./blocked.js";
import "./clipboard.js";
import "./handin.js";
import { follow } from "./live.js";
import "./locked.js";
import "./matrix.js";
import "./menu.js";
import "./paper.js";
import { keepAnswers } from "./question.js";
import "./search.js";
import "./share.js";
import "./translation.js";
import "./visited.js";
import "./navigation.js";
import "./tooltip.js";

// What the components of pages/shared/live.py and pages/topics/myths/answers.py call.
window.nonlinear = { follow, keepAnswers };
