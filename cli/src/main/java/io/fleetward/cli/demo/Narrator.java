package io.fleetward.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// Tells a person what happens, each line with the seconds since the start. On the demo's thread.
final class Narrator {
  private final PrintWriter out;
  private final long begun = System.nanoTime();

  Narrator(PrintWriter out) {
    this.out = out;
  }

  /// A line with the time.
  void say(String format, Object... arguments) {
    out.printf(
        Locale.ROOT,
        "%6.1f s  %s%n",
        elapsed().toMillis() / 1000.0,
        String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /// A step of the timeline; what is longer than a line is cut.
  void step(String what, String detail) {
    say("%-22s %s", what, Timeline.brief(detail));
  }

  /// Text without the time.
  void plain(String text) {
    out.println(text.indent(10).stripTrailing());
    out.flush();
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
