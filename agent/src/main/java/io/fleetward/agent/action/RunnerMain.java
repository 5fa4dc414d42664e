package io.fleetward.agent.action;

import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.agent.settings.HostIdentity;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.signing.InvalidKeyFileException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The process that acts: one plan per run. Standard input and output are the daemon's
/// ([DaemonLink]), be it a pipe or a socket; problems go to standard error.
///
/// Arguments: `--config FILE`; `--privileged` where it has powers that the daemon has not: then
/// what it goes by has to be root's own ([GuardedFiles]). Exit status: 0 done, 2 bad configuration
/// or request, 4 the host key or the state folder cannot be used, others could change what it goes
/// by, or the kernel would not let it end all that it starts, 5 another runner is at work.
public final class RunnerMain {
  private RunnerMain() {}

  static void main(String[] arguments) {
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), new DaemonLink(System.in, output), Kernel::adoptOrphans));
  }

  /// @param adoptOrphans asks the kernel to make orphans this process' children
  static int run(List<String> arguments, DaemonLink link, BooleanSupplier adoptOrphans) {
    int config = arguments.indexOf("--config");
    Optional<Path> file =
        config < 0 ? Optional.empty() : Optional.of(Path.of(arguments.get(config + 1)));
    try {
      ActionSettings settings = AgentSettings.load(file, System.getenv()).actions();
      if (arguments.contains("--privileged")) {
        GuardedFiles.of(file, settings).check(Kernel.userId());
      }
      if (!adoptOrphans.getAsBoolean()) {
        // what an action leaves behind could not be found, so that its timeout would end nothing
        System.err.println(
            "the kernel does not let the runner adopt orphans, so nothing is run; allow it"
                + " prctl(PR_SET_CHILD_SUBREAPER), which a seccomp filter may forbid");
        return 4;
      }
      OutcomeWriter outcomes = OutcomeWriter.open(settings.instance(), settings.hostKey());
      return answer(settings, outcomes, link);
    } catch (InvalidConfigurationException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (IOException | InvalidKeyFileException | JournalDamagedException e) {
      System.err.println(e);
      return 4;
    }
  }

  private static int answer(ActionSettings settings, OutcomeWriter outcomes, DaemonLink link)
      throws IOException {
    String line = link.request();
    if (RunnerWords.RECOVER.equals(line)) {
      return recover(settings, outcomes, link);
    }
    byte[] request = line == null ? new byte[0] : line.getBytes(StandardCharsets.UTF_8);
    return switch (MessageCodec.decode(request, RunRequest.class)) {
      case Decoded.Malformed(String reason) -> {
        System.err.println("the request is " + reason);
        yield 2;
      }
      case Decoded.Message(RunRequest message) -> {
        link.listen();
        new Runner(settings, outcomes, link, message.clockOffset()).run(message);
        yield 0;
      }
    };
  }

  private static int recover(ActionSettings settings, OutcomeWriter outcomes, DaemonLink link)
      throws IOException {
    link.listen();
    if (!new Runner(settings, outcomes, link, Duration.ZERO).recover()) {
      link.say(RunnerWords.BUSY);
      return 5;
    }
    // a host keeps the name that it had when it first acted
    HostIdentity.keep(settings.state(), settings.instance());
    link.say(RunnerWords.SETTLED);
    return 0;
  }
}
