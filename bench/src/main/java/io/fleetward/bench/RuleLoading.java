package io.fleetward.bench;

import com.sun.management.OperatingSystemMXBean;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.rules.file.RuleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Measures what it takes to load rules, each time in a process of its own, so that all is cold:
/// classes are loaded and compiled for the first time.
///
/// What counts is the processor time of the whole process, the compiler's and the collector's
/// threads included, from before the first file is read until a plan of the rules is there.
/// Starting Java is told beside it. The process runs with the options of the program that is named,
/// on the whole class path.
final class RuleLoading {
  private static final int LEAST_RULES = 1_000;

  private final Path home;

  /// @param home the source folder of Fleetward, with the options of its processes
  RuleLoading(Path home) {
    this.home = home;
  }

  /// One process' processor time, in seconds.
  ///
  /// @param rules how many were loaded
  /// @param starting what Java took before
  record Cost(int rules, double starting, double loading) {
    static Cost parse(String line) {
      String[] parts = line.strip().split(" ", -1);
      return new Cost(
          Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    }
  }

  /// Loads files in one process after the other.
  ///
  /// @param options the name of the file with the options, such as `service`
  /// @return what each process took, the least first
  List<Cost> measure(List<Path> files, String options, int times) {
    Cost[] costs = new Cost[times];
    Arrays.setAll(costs, _ -> once(files, options));
    Arrays.sort(costs, (one, other) -> Double.compare(one.loading(), other.loading()));
    return List.of(costs);
  }

  private Cost once(List<Path> files, String options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path given = home.resolve("deploy/jvm").resolve(options + ".args");
    if (Files.isRegularFile(given)) {
      command.add("@" + given);
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), RuleLoading.class.getName()));
    files.forEach(file -> command.add(file.toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("rules were not loaded: " + told);
      }
      return Cost.parse(told);
    } catch (IOException e) {
      throw new UncheckedIOException("Java cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while rules were loaded", e);
    }
  }

  /// What runs in the process: loads the files that are named and tells what that took.
  public static void main(String[] arguments) {
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    List<Path> files = Stream.of(arguments).map(Path::of).toList();
    long before = process.getProcessCpuTime();
    RulePlan plan = RulePlan.of(RuleFiles.load(files));
    long after = process.getProcessCpuTime();
    int rules = plan.rules().groups().stream().mapToInt(group -> group.rules().size()).sum();
    if (rules < LEAST_RULES) {
      throw new IllegalStateException("only %d rules were loaded".formatted(rules));
    }
    System.out.println(rules + " " + before / 1e9 + " " + (after - before) / 1e9);
  }
}
