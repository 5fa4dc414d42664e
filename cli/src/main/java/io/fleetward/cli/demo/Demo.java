package io.fleetward.cli.demo;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.Machine;
import io.fleetward.cli.machine.MachineException;
import io.fleetward.cli.machine.MachineFiles;
import io.fleetward.cli.machine.MachinePorts;
import io.fleetward.cli.machine.MachineTokens;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One run of the demo: a machine in a temporary folder, a warm-up, a fault, its repair. Whatever
/// happens, [#close] ends every process and removes the folder; a shutdown hook calls it too.
final class Demo implements AutoCloseable {
  private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);

  /// How long nothing may happen with `--fault none`: as long as a fault takes to be repaired.
  private static final Duration QUIET = Duration.ofSeconds(60);

  private final DemoOptions options;
  private final Narrator narrator;
  private final Machine machine;
  private final MachineTokens tokens;
  private final Thread hook = new Thread(this::close, "demo-clean-up");
  private @Nullable RunawayProcess runaway;
  private boolean closed;

  private Demo(DemoOptions options, Narrator narrator, Machine machine, MachineTokens tokens) {
    this.options = options;
    this.narrator = narrator;
    this.machine = machine;
    this.tokens = tokens;
  }

  /// Makes the temporary folder with keys, tokens and the agent's allow-list.
  static Demo prepare(Installation installation, DemoOptions options, Narrator narrator) {
    MachineFiles files = MachineFiles.prepareTemporary(options.parent(), "fleetward-demo-");
    Path executable = RunawayProcess.executable(files.folder());
    files.write(
        files.allowList().resolve("end-process.yaml"),
        """
        # What this machine is willing to do during the demo: end the demo's own runaway process.
        action: end-process
        executables: ["%s"]
        uids: [%d]
        grace: 2s
        timeout: 20s
        budget: { at_most: 3, per: 1h }
        """
            .formatted(executable.toString().replaceAll("[.+*?()|^$]", "\\\\\\\\$0"), ownUser()));
    MachineTokens tokens = MachineTokens.prepare(files);
    Demo demo =
        new Demo(
            options,
            narrator,
            new Machine(installation, files, MachinePorts.free(), SCRAPE_INTERVAL),
            tokens);
    Runtime.getRuntime().addShutdownHook(demo.hook);
    return demo;
  }

  /// The user that this process, and so the fault, runs as.
  private static int ownUser() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new MachineException(
          "/proc/self cannot be read (%s); the demo needs Linux".formatted(e.getMessage()));
    }
  }

  /// Runs to the end and gives the exit status: 0 verified, 1 a stage failed, 2 the machine failed.
  int run() throws InterruptedException {
    try {
      return runStages();
    } catch (DemoFailure | MachineException e) {
      narrator.say("FAILED  %s", String.valueOf(e.getMessage()));
      narrator.say("The logs are kept in %s", keepLogs());
      return e instanceof DemoFailure ? 1 : 2;
    }
  }

  private int runStages() throws InterruptedException {
    startMachine();
    FleetwardClient client = new FleetwardClient(machine.serviceUri(), tokens.approver());
    Stages stages = new Stages(machine, client, options, narrator);
    stages.warmUp();
    if (options.fault() == Fault.NONE) {
      stages.requireQuiet(QUIET);
    } else {
      RunawayProcess started = RunawayProcess.start(options.fault(), machine.files().folder());
      runaway = started;
      new Repair(stages, client, machine, options, narrator, started).follow();
    }
    keepRunning();
    return 0;
  }

  private void startMachine() throws InterruptedException {
    narrator.say("Everything lives in %s and goes with it.", machine.files().folder());
    narrator.say("Starting the Kafka broker on %s ...", machine.brokerAddress());
    machine.startBroker();
    narrator.say("Starting the service on %s ...", machine.serviceUri());
    machine.startService();
    narrator.say(
        "Starting the agent of host \"%s\", /metrics on %s ...",
        machine.files().instance(), machine.agentUri());
    machine.startAgent();
  }

  private void keepRunning() throws InterruptedException {
    if (options.keepRunning()) {
      narrator.say("Everything stays up until Ctrl-C. Look around:");
      narrator.plain(
          """
          ./fleetward incidents --server %1$s --token-file %2$s
          curl -H "Authorization: Bearer $(cat %2$s)" %1$s/api/v1/incidents
          curl %1$s/metrics
          curl %3$s/metrics
          """
              .formatted(machine.serviceUri(), tokens.approverFile(), machine.agentUri()));
      new CountDownLatch(1).await();
    }
  }

  /// Copies the logs out of the temporary folder, which goes.
  private Path keepLogs() {
    try {
      Path kept = Files.createTempDirectory(options.parent(), "fleetward-demo-logs-");
      try (DirectoryStream<Path> logs = Files.newDirectoryStream(machine.files().logs())) {
        for (Path log : logs) {
          Files.copy(log, kept.resolve(log.getFileName()));
        }
      }
      return kept;
    } catch (IOException e) {
      narrator.say("the logs could not be kept: %s", String.valueOf(e.getMessage()));
      return machine.files().logs();
    }
  }

  /// Ends everything, once.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (runaway != null) {
      runaway.close();
    }
    machine.close();
    delete(machine.files().folder());
    if (Thread.currentThread() != hook) {
      removeHook();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the hook is running already, and finds everything closed
    }
  }

  private void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      narrator.say("%s could not be removed: %s", folder, String.valueOf(e.getMessage()));
    }
  }
}
