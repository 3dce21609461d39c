// Blocks in order: a heading or a program ends what was said of the program before.

#include "viz/model/lesson_pages.h"

namespace viz {
namespace {

std::string plain(const std::vector<lesson::Span>& spans) {
  std::string text;
  for (const lesson::Span& span : spans) text += span.text;
  return text;
}

class Pages {
 public:
  void operator()(const lesson::Heading& heading) {
    settle_after();
    title_ = plain(heading.spans);
    if (!pages_.empty()) prose_.clear();  // what opens the lesson opens its first page
  }
  void operator()(const lesson::Paragraph& paragraph) { say(plain(paragraph.spans)); }
  void operator()(const lesson::ListItem& item) { say(item.marker + " " + plain(item.spans)); }
  void operator()(const lesson::Listing&) {}
  void operator()(const lesson::ProgramBlock& program) {
    pages_.push_back({title_, prose_, "", program, {}});
    prose_.clear();
  }
  void operator()(const lesson::Prediction& question) {
    for (LessonPage& page : pages_) {
      if (page.program.name == question.of) page.questions.push_back(question);
    }
  }

  std::vector<LessonPage> take() {
    settle_after();
    return std::move(pages_);
  }

 private:
  void say(const std::string& text) { prose_ += (prose_.empty() ? "" : "\n") + text; }
  // What was said since the last program belongs to it, if no other program followed.
  void settle_after() {
    if (!pages_.empty() && !prose_.empty()) pages_.back().after = std::exchange(prose_, "");
  }

  std::vector<LessonPage> pages_;
  std::string title_, prose_;
};

}  // namespace

std::vector<LessonPage> pages_of(const lesson::Lesson& lesson) {
  Pages pages;
  for (const lesson::Block& block : lesson.blocks) std::visit(pages, block);
  return pages.take();
}

}  // namespace viz
