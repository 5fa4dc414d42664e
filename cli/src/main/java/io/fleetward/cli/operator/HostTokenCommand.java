package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.FleetwardClient.HostToken;
import io.fleetward.protocol.configuration.PrometheusDuration;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fleetward hosts token`.
@Command(
    name = "token",
    description = {
      "Makes a token by which hosts can be enrolled and prints it once.",
      "On the host: fleetward agent enrol --token-file FILE --server URL"
    },
    mixinStandardHelpOptions = true)
final class HostTokenCommand extends OperatorCommand {
  @Option(
      names = "--valid",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "How long it can be used; default ${DEFAULT-VALUE}, at most 30d.")
  private String valid = "";

  @Option(
      names = "--instance",
      paramLabel = "PATTERN",
      defaultValue = ".*",
      description = "Expression that an instance has to match as a whole; default any.")
  private String instances = "";

  @Option(
      names = "--uses",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many hosts it is for; default ${DEFAULT-VALUE}.")
  private int uses;

  @Option(
      names = "--replace",
      description = "A host that is enrolled may put a new key in the place of its key.")
  private boolean replaces;

  HostTokenCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    HostToken made = client.makeHostToken(validFor(), instances, uses, replaces);
    output.line(made.token());
    commandSpec()
        .commandLine()
        .getErr()
        .printf("for %d x %s until %s; shown only now%n", uses, instances, made.expiresAt());
  }

  private Duration validFor() {
    return PrometheusDuration.parse(valid)
        .orElseThrow(() ->
            new BadInputException(
                "--valid is \"%s\"; write a duration like 30m, 1h or 2d"
                    .formatted(Output.clean(valid))));
  }
}
