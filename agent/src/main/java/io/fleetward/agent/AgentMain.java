package io.fleetward.agent;

import io.fleetward.agent.enrolment.EnrolMain;
import io.fleetward.agent.plans.Runners;
import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.agent.supervision.Supervisor;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.process.ProgramArguments;
import io.fleetward.protocol.process.Termination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// The agent's entry: arguments, exit status, and the two ways to be told to end.
public final class AgentMain {
  private static final int BAD_CONFIGURATION = 2;
  private static final int UNUSABLE = 4;

  private static final String USAGE =
      """
      Usage: fleetward agent [--config FILE] [--check] [--stop-with-parent] [--path.procfs FOLDER]
               [--path.sysfs FOLDER] [--path.rootfs FOLDER] [--help] [--version]
             fleetward agent enrol --token TOKEN [--server URL]    (fleetward agent enrol --help)

      Collects this host's metrics, sends them to Kafka, and runs signed plans that the host's own
      allow-list permits. SIGHUP reads labels, certificates, exporters and text files again.

        --config FILE        properties file; FLEETWARD_... variables go over it
        --check              check configuration and allow-list, print what is in force, and end
        --stop-with-parent   end in good order when standard input ends
        --path.procfs FOLDER, --path.sysfs FOLDER, --path.rootfs FOLDER
                             where the host's /proc, /sys and / are, for an agent in a container
        --help, --version

      Exit status: 0 done, 2 bad configuration, 4 an address or folder cannot be used.
      """;

  private AgentMain() {}

  static void main(String[] words) {
    AgentLog.open();
    int status = run(words);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(String... words) {
    if (words.length > 0 && words[0].equals("enrol")) {
      return EnrolMain.run(Arrays.copyOfRange(words, 1, words.length));
    }
    PathOptions paths = PathOptions.take(words);
    return switch (ProgramArguments.parse(paths.rest().toArray(String[]::new))) {
      case ProgramArguments.Help _ -> printed(USAGE);
      case ProgramArguments.Version _ -> printed("fleetward agent " + AgentVersion.CURRENT + "\n");
      case ProgramArguments.Wrong(String message) -> failed(BAD_CONFIGURATION, message);
      case ProgramArguments.Run run ->
          run.checkOnly() ? check(run.configurationFile(), paths) : serve(run, paths);
    };
  }

  private static int check(Optional<Path> config, PathOptions paths) {
    try {
      AgentSettings settings = AgentSettings.load(config, paths.over(System.getenv()));
      HostFiles files = HostFiles.read(settings.actions());
      return printed(
          "%s\nactions=%s trusted-keys=%d host-key=%s\n"
              .formatted(
                  settings.effective().replace(' ', '\n'),
                  files.allowList().names(),
                  files.trustedKeys().size(),
                  files.writer().isPresent() ? "present" : "absent"));
    } catch (InvalidConfigurationException e) {
      return invalid(e);
    }
  }

  private static int serve(ProgramArguments.Run run, PathOptions paths) {
    try {
      Supplier<AgentSettings> file =
          () -> AgentSettings.load(run.configurationFile(), paths.over(System.getenv()));
      Runners children = Runners.asChildren(run.configurationFile(), paths.settings());
      serve(file, children, Termination.install(run.stopWithParent()));
      return 0;
    } catch (InvalidConfigurationException e) {
      return invalid(e);
    } catch (IOException e) {
      return failed(UNUSABLE, String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      return 0;
    }
  }

  private static void serve(Supplier<AgentSettings> file, Runners children, Termination termination)
      throws IOException, InterruptedException {
    try {
      Supervisor supervisor = Supervisor.of(System.getenv(), ProcessHandle.current().pid());
      AgentSettings settings = file.get();
      HostFiles files = HostFiles.read(settings.actions());
      String socket = settings.actions().runnerSocket();
      Runners runners = socket.isEmpty() ? children : Runners.behind(Path.of(socket));
      try (Agent agent = Agent.open(settings, files, runners, supervisor)) {
        new Reloads(agent, file, supervisor).start();
        printed("metrics on http://%s/metrics\n".formatted(agent.address()));
        supervisor.ready();
        agent.runUntil(termination.asked());
        supervisor.stopping();
      }
    } finally {
      termination.ended();
    }
  }

  private static int printed(String text) {
    System.out.print(text);
    System.out.flush();
    return 0;
  }

  private static int invalid(InvalidConfigurationException failure) {
    for (Problem problem : failure.problems()) {
      System.err.println(problem);
    }
    return BAD_CONFIGURATION;
  }

  private static int failed(int status, String problem) {
    System.err.println(problem);
    return status;
  }
}
