package io.fleetward.cli.models;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.operator.OperatorCommand;
import io.fleetward.cli.operator.Output;
import io.fleetward.cli.operator.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fleetward models rollback NAME --class CLASS --reason TEXT`.
@Command(
    name = "rollback",
    description = "Takes the champion of a class back for good; the former champion returns.",
    mixinStandardHelpOptions = true)
final class RollbackCommand extends OperatorCommand {
  @Parameters(paramLabel = "NAME", description = "The model.")
  private String model = "";

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      required = true,
      description = "The class of hosts.")
  private String hostClass = "";

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The champion that is meant; default: whichever it is.")
  private @Nullable String version;

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; recorded.")
  private String reason = "";

  RollbackCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    ListCommand.list(
        client.rollBackModel(model, hostClass, Optional.ofNullable(version), reason), output);
  }
}
