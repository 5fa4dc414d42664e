package io.fleetward.rules.command;

/// Strings as JSON writes them.
final class Json {
  private Json() {}

  static String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            default -> {
              if (c < 0x20) {
                json.append("\\u%04x".formatted(c));
              } else {
                json.append((char) c);
              }
            }
          }
        });
    return json.append('"').toString();
  }
}
