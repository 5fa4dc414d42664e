package io.fleetward.cli.demo;

import io.fleetward.cli.machine.Installation;
import io.fleetward.cli.machine.MachineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fleetward demo`.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the main job on this machine: watches it for a minute, starts a real fault, detects it,",
      "asks for approval, repairs it and verifies the repair. Needs no root; touches nothing that it",
      "did not start."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the repair was verified (with --fault none: no incident opened)",
      "1:a stage did not come to its end, or the repair was rejected",
      "2:bad usage, or the machine lacks something; the message says what"
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--fault",
      defaultValue = "cpu",
      description = "cpu (default), memory or none: what is started after the warm-up.")
  private Fault fault;

  @Option(names = "--approve", description = "Answer the question for approval by itself.")
  private boolean approve;

  @Option(
      names = "--keep-running",
      description = "Leave everything up afterwards, for a look at the API and /metrics.")
  private boolean keepRunning;

  @Option(
      names = "--limit",
      defaultValue = "300",
      description = "Give up after this many seconds (default 300).")
  private int limitSeconds;

  @Override
  public Integer call() throws InterruptedException {
    DemoOptions options =
        new DemoOptions(
            fault,
            approve,
            keepRunning,
            Duration.ofSeconds(limitSeconds),
            Path.of(System.getProperty("java.io.tmpdir")));
    var out = spec.commandLine().getOut();
    Narrator narrator = new Narrator(out);
    try (Demo demo = Demo.prepare(Installation.current(), options, narrator)) {
      return demo.run();
    } catch (MachineException e) {
      narrator.say("FAILED  %s", String.valueOf(e.getMessage()));
      return 2;
    }
  }
}
