package io.fleetward.rules.testing;

import java.util.List;

/// What came of running a test script: one line for each eval.
public record ScriptReport(List<Line> lines) {
  public ScriptReport {
    lines = List.copyOf(lines);
  }

  /// @param place `file:line`
  /// @param message why it did not pass; empty if it did
  public record Line(String place, Verdict verdict, String message) {
    /// `file:line<TAB>verdict<TAB>message`, on one line.
    public String asTsv() {
      String flat = message.replace('\t', ' ').replace('\n', ' ');
      return "%s\t%s\t%s".formatted(place, verdict.word(), flat);
    }
  }

  /// How an eval ended.
  public enum Verdict {
    PASSED,
    FAILED,
    UNSUPPORTED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public long count(Verdict verdict) {
    return lines.stream().filter(line -> line.verdict() == verdict).count();
  }
}
