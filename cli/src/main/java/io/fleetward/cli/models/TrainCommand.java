package io.fleetward.cli.models;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.operator.BadInputException;
import io.fleetward.cli.operator.ExitStatus;
import io.fleetward.cli.operator.OperatorCommand;
import io.fleetward.cli.operator.Output;
import io.fleetward.cli.operator.Surroundings;
import io.fleetward.models.table.BadTableException;
import io.fleetward.models.training.Trained;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fleetward models train NAME` and `fleetward models train NAME --input FILE --output FILE`.
@Command(
    name = "train",
    description = {
      "Asks the service to train a model as soon as it can.",
      "With --input: trains on the rows of a file, without asking a service, and writes a version."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand extends OperatorCommand {
  @Parameters(paramLabel = "NAME", description = "The model.")
  private String model = "";

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "The class of hosts; default: every class, for a file the class default.")
  private @Nullable String hostClass;

  @Option(
      names = "--input",
      paramLabel = "I.csv[.gz]",
      description = "Rows of one host, with timestamps; as for models score.")
  private @Nullable Path input;

  @Option(names = "--output", paramLabel = "O.model", description = "Where the version goes.")
  private @Nullable Path output;

  TrainCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    if (input == null && output == null) {
      return super.call();
    }
    PrintWriter err = commandSpec().commandLine().getErr();
    if (input == null || output == null) {
      err.println("--input and --output belong together; give both, or neither");
      return ExitStatus.BAD_INPUT;
    }
    try {
      return train(new TrainFile(model, hostClass == null ? "default" : hostClass, input), output);
    } catch (BadTableException | BadInputException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println(
          "%s: cannot be written (%s); name a file in a folder that you may write to"
              .formatted(output, e.getClass().getSimpleName()));
    }
    return ExitStatus.BAD_INPUT;
  }

  private int train(TrainFile file, Path to) throws IOException {
    return switch (file.train(Instant.now())) {
      case Trained.Version(var version) -> {
        TrainFile.write(version, to);
        output().line("%s: version %s".formatted(to, version.id()));
        yield ExitStatus.DONE;
      }
      case Trained.Refused(String reason) -> {
        commandSpec().commandLine().getErr().println(reason);
        yield ExitStatus.NEGATIVE;
      }
    };
  }

  @Override
  protected void run(FleetwardClient client, Output output) {
    List<String> classes = client.trainModel(model, Optional.ofNullable(hostClass));
    output.line(
        "noted for %s; see what comes of it with: fleetward models list"
            .formatted(String.join(", ", classes)));
  }
}
