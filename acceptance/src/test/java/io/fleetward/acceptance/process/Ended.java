package io.fleetward.acceptance.process;

/// A program that has ended.
///
/// @param output what it wrote, both streams as they came
public record Ended(int status, String output) {
  /// What it said besides its log: the lines that do not begin with a time.
  public String message() {
    StringBuilder message = new StringBuilder();
    output
        .lines()
        .filter(line -> !line.matches("\\d{4}-\\d\\d-\\d\\dT.*"))
        .forEach(line -> message.append(line).append('\n'));
    return message.toString();
  }
}
