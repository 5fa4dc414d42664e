package io.fleetward.cli.standalone;

import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Machine;
import io.fleetward.cli.machine.MachineException;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.cli.machine.MachineTokens;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fleetward standalone`.
@Command(
    name = "standalone",
    mixinStandardHelpOptions = true,
    description = {
      "Runs broker, service and agent on this machine until Ctrl-C, and keeps their data for the",
      "next run. The agent does nothing to this machine until you put allow-list files into",
      "DIR/allow-list (examples: deploy/agent/actions)."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:ended by Ctrl-C or SIGTERM",
      "1:one of the three processes ended by itself",
      "2:bad usage, a port in use, or a data folder that cannot be used"
    })
public final class StandaloneCommand implements Callable<Integer> {
  private static final Duration WATCH = Duration.ofSeconds(1);

  /// Rules look back five minutes for the newest sample; a host that is read less often is not
  /// seen.
  private static final int MOST_SCRAPE_SECONDS = 120;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Where data is kept.")
  private Path data;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = {
        "Folder with rules/, models/, policies/ and actions/; what it does not have is taken from",
        "the shipped ones. Changed files are put in force while it runs, or refused with every",
        "problem in the service's log."
      })
  private @Nullable Path config;

  @Option(
      names = "--service-port",
      defaultValue = "7480",
      description = "API, console and /metrics of the service (default 7480).")
  private int servicePort;

  @Option(
      names = "--agent-port",
      defaultValue = "7481",
      description = "/metrics of the agent (default 7481).")
  private int agentPort;

  @Option(
      names = "--broker-port",
      defaultValue = "7492",
      description = "Kafka (default 7492); for other agents and tools on this machine.")
  private int brokerPort;

  @Option(
      names = "--controller-port",
      defaultValue = "7493",
      description = "Kafka's controller (default 7493); keep it the same for a data folder.")
  private int controllerPort;

  @Option(
      names = "--scrape-interval",
      defaultValue = "10",
      paramLabel = "SECONDS",
      description = "How often the agent reads this host (default 10).")
  private int scrapeSeconds;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (scrapeSeconds < 1 || scrapeSeconds > MOST_SCRAPE_SECONDS) {
      spec.commandLine()
          .getErr()
          .println(
              "--scrape-interval is %d; write 1 to %d seconds, such as 10"
                  .formatted(scrapeSeconds, MOST_SCRAPE_SECONDS));
      return 2;
    }
    try {
      MachineFiles files = MachineFiles.prepare(data, MachineFiles.hostName());
      MachineTokens tokens = MachineTokens.prepare(files);
      MachinePorts ports = new MachinePorts(brokerPort, controllerPort, servicePort, agentPort);
      Machine machine =
          new Machine(
              config == null ? Installation.current() : Installation.current().with(config),
              files,
              ports,
              Duration.ofSeconds(scrapeSeconds));
      Runtime.getRuntime().addShutdownHook(new Thread(machine::close, "standalone-clean-up"));
      try (machine) {
        machine.startBroker();
        machine.startService();
        machine.startAgent();
        say(out, machine, tokens);
        watch(machine);
      }
      return 0;
    } catch (MachineException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return e.wasRunning() ? 1 : 2;
    }
  }

  private static void say(PrintWriter out, Machine machine, MachineTokens tokens) {
    out.print(
        """
        Fleetward runs on this machine; Ctrl-C ends it, data stays in %1$s.
          service   %2$s  (/metrics, /health/ready, /api/v1)
          agent     %3$s/metrics
          broker    %4$s
          token     %5$s
          allow-list %6$s
          logs      %7$s
        Try: ./fleetward incidents --server %2$s --token-file %5$s
        """
            .formatted(
                machine.files().folder(),
                machine.serviceUri(),
                machine.agentUri(),
                machine.brokerAddress(),
                tokens.approverFile(),
                machine.files().allowList(),
                machine.files().logs()));
    out.flush();
  }

  /// Returns only by an exception: when a process has ended, or the wait was interrupted.
  private static void watch(Machine machine) throws InterruptedException {
    while (true) {
      Thread.sleep(WATCH);
      machine.requireAlive();
    }
  }
}
