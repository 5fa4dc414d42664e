package io.fleetward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a process has used so far, as Linux counts it.
///
/// @param cpuMillis user and system time; counted in steps of 10 ms
/// @param residentBytes in memory now, with what it shares with others
/// @param privateBytes of these those that nobody shares
public record ProcessUse(double cpuMillis, double residentBytes, double privateBytes) {
  private static final double MILLIS_A_TICK = 10;

  /// @throws IOException if it has ended
  public static ProcessUse of(long process) throws IOException {
    Path folder = Path.of("/proc", Long.toString(process));
    String stat = Files.readString(folder.resolve("stat"));
    // what follows its name, which may have anything in it
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    List<String> memory = Files.readAllLines(folder.resolve("smaps_rollup"));
    return new ProcessUse(
        ticks * MILLIS_A_TICK,
        bytes(memory, "Rss:"),
        bytes(memory, "Private_Clean:") + bytes(memory, "Private_Dirty:"));
  }

  private static double bytes(List<String> lines, String name) {
    return lines.stream()
            .filter(line -> line.startsWith(name))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
            .sum()
        * 1_024;
  }
}
