package io.fleetward.cli.operator;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.RequestRefusedException;
import io.fleetward.cli.client.ServerProblem;
import io.fleetward.cli.client.ServerUnreachableException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that asks a service; what goes wrong becomes one message and an exit status.
public abstract class OperatorCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServerOptions server = new ServerOptions();

  protected OperatorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Asks and writes what came.
  protected abstract void run(FleetwardClient client, Output output);

  @Override
  public Integer call() {
    PrintWriter err = commandSpec().commandLine().getErr();
    try (FleetwardClient client = server.client(surroundings)) {
      run(client, output());
      return ExitStatus.DONE;
    } catch (BadInputException e) {
      err.println(Output.clean(String.valueOf(e.getMessage())));
      return ExitStatus.BAD_INPUT;
    } catch (ServerUnreachableException e) {
      err.println(Output.clean(String.valueOf(e.getMessage())));
      return ExitStatus.UNREACHABLE;
    } catch (RequestRefusedException e) {
      tell(e.problem(), err);
      return ExitStatus.of(e.problem());
    }
  }

  protected final Output output() {
    return new Output(commandSpec().commandLine().getOut(), surroundings.zone());
  }

  private static void tell(ServerProblem problem, PrintWriter err) {
    err.println(Output.clean("%s: %s".formatted(problem.title(), problem.detail())));
    for (ServerProblem.Violation violation : problem.errors()) {
      err.println(Output.clean("  %s: %s".formatted(violation.where(), violation.what())));
    }
  }

  /// Where the command writes.
  protected final CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this before it calls");
    }
    return spec;
  }
}
