// For keyboard and screen reader: a way to the question past the map, and one name a slider.

const FIRST_CHOICE = ".st-key-question a[href*='#answer-']";
const skipToQuestion = document.createElement("button");

function nameControls() {
  // Streamlit calls a slider by its own label and by that of the group which it is alone in: the same words twice.
  for (const input of document.querySelectorAll("input[type=range][aria-labelledby][aria-label]")) input.removeAttribute("aria-labelledby");
  const labels = document.querySelector(".nl-head")?.dataset;
  if (!labels) return;
  const stock = document.querySelector("[data-testid=stSkipToContent]")?.firstChild;
  for (const [text, words] of [[stock, labels.skipMap], [skipToQuestion.firstChild, labels.skipToQuestion]])
    if (text && text.nodeValue !== words) text.nodeValue = words;
  if (skipToQuestion.parentElement.ariaLabel !== labels.skipToQuestion) skipToQuestion.parentElement.ariaLabel = labels.skipToQuestion;
  const hidden = !document.querySelector(FIRST_CHOICE);
  if (skipToQuestion.parentElement.hidden !== hidden) skipToQuestion.parentElement.hidden = hidden;
}

skipToQuestion.type = "button";
skipToQuestion.append("");
skipToQuestion.onclick = () => document.querySelector(FIRST_CHOICE).focus();
document.body.prepend(Object.assign(document.createElement("nav"), { className: "nl-skip", hidden: true }));
document.querySelector(".nl-skip").append(skipToQuestion);
new MutationObserver(nameControls).observe(document.getElementById("root"), { childList: true, subtree: true });
