package io.fleetward.agent.linux;

/// A text as it was last read, so that one that stays the same need not be understood again.
/// Confined to one thread.
public final class RememberedText {
  private byte[] bytes = {};
  private boolean isNew = true;

  /// Whether a text differs from the one given before, which it then replaces. The first does.
  public boolean hasChanged(Fields text) {
    if (!isNew && text.hasText(bytes)) {
      return false;
    }
    isNew = false;
    bytes = text.copyOfText();
    return true;
  }
}
