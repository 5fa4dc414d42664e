package io.fleetward.rules.template;

/// A text that is put together and must not grow beyond measure. Confined to one thread.
final class LimitedText {
  static final int MAX_LENGTH = 1 << 20;

  private final StringBuilder text = new StringBuilder();

  /// @throws TemplateException if the text would be longer than 1 MB
  LimitedText add(CharSequence part) {
    return add(part, 0, part.length());
  }

  /// Adds the characters of a text from a position up to another.
  ///
  /// @throws TemplateException if the text would be longer than 1 MB
  LimitedText add(CharSequence whole, int from, int to) {
    if (text.length() + to - from > MAX_LENGTH) {
      throw new TemplateException("a text of more than 1 MB");
    }
    text.append(whole, from, to);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
