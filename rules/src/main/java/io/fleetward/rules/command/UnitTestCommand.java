package io.fleetward.rules.command;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.rules.testing.UnitTests;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// `fleetward rules test FILE…`: runs unit-test files in promtool's format.
public record UnitTestCommand(List<Path> files) {
  public UnitTestCommand {
    files = List.copyOf(files);
  }

  /// @return 0 if everything passed, 1 if something failed or could not be read
  public int run(PrintStream out, PrintStream errors) {
    int status = 0;
    for (Path file : files) {
      out.println("Unit Testing:  " + file);
      List<String> failures;
      try {
        failures = UnitTests.run(file);
      } catch (InvalidConfigurationException e) {
        failures = List.of(String.valueOf(e.getMessage()));
      }
      if (failures.isEmpty()) {
        out.println("  SUCCESS");
      } else {
        status = 1;
        errors.println("  FAILED:");
        failures.forEach(failure -> errors.println(failure.indent(4).stripTrailing()));
      }
      out.println();
    }
    return status;
  }
}
