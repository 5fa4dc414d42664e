package io.fleetward.bench.faults;

import java.util.Locale;

/// One fault to be made once.
///
/// @param kind what an operator would call it, such as `memory-leak`; [#NONE] for no fault at all
/// @param program who makes it: `perl`, `python`, `sh`, `node` or `java`
/// @param rate units a second (megabytes, files, forks …), or the busy share of a core
/// @param seed varies contents and rhythm
public record FaultRun(String kind, String program, double rate, int seed) {
  /// The kind of a run in which nothing is done.
  public static final String NONE = "none";

  /// `kind program rate seed`, as recordings carry it.
  String toLine() {
    return String.format(Locale.ROOT, "%s %s %s %d", kind, program, rate, seed);
  }

  /// Reads what [#toLine] wrote.
  ///
  /// @throws IllegalArgumentException if the line is something else
  static FaultRun ofLine(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != 4) {
      throw new IllegalArgumentException("\"%s\" is no run of a fault".formatted(line));
    }
    return new FaultRun(
        fields[0], fields[1], Double.parseDouble(fields[2]), Integer.parseInt(fields[3]));
  }
}
