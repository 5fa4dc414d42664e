package io.fleetward.cli.letters;

import io.fleetward.protocol.messages.MessageCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fleetward dead-letters`.
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists records of the metrics topic that could not be used, with the reason.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "2:bad input", "4:the brokers cannot be reached"})
public final class DeadLettersCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;
  private static final int UNREACHABLE = 4;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "the brokers; default: those of --config, or 127.0.0.1:7492 (standalone)")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the service's properties file, to take the brokers from")
  private @Nullable Path config;

  @Option(names = "--last", paramLabel = "N", description = "how many; default: 20")
  private int last = 20;

  @Option(names = "--instance", paramLabel = "HOST", description = "only this host's")
  private @Nullable String instance;

  @Option(names = "--json", description = "prints JSON, one letter a line")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String brokers = "";
    try {
      brokers = brokers();
      List<DeadLetter> letters =
          DeadLetterBox.read(
              brokers,
              Math.max(1, last),
              letter -> instance == null || instance.equals(letter.instance()));
      if (letters.isEmpty() && !json) {
        out.println("no dead letters");
      }
      for (DeadLetter letter : letters) {
        out.print(json ? MessageCodec.text(letter) + "\n" : text(letter));
      }
      out.flush();
      return ExitCode.OK;
    } catch (IOException e) {
      err.println("%s: cannot be read (%s)".formatted(config, e.getMessage()));
      err.flush();
      return BAD_INPUT;
    } catch (KafkaException e) {
      err.println(
          "%s: %s; name brokers that answer with --bootstrap-servers"
              .formatted(brokers, e.getMessage()));
      err.flush();
      return UNREACHABLE;
    }
  }

  private String brokers() throws IOException {
    if (bootstrapServers != null) {
      return bootstrapServers;
    }
    if (config == null) {
      return "127.0.0.1:7492";
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(config)) {
      properties.load(reader);
    }
    return properties.getProperty("kafka.bootstrap-servers", "127.0.0.1:7492");
  }

  /// A letter for people. What comes from a record is not to be trusted in a terminal.
  static String text(DeadLetter letter) {
    return """
    %s  %s  %s
      from %s, %d bytes: %s
    """
        .formatted(
            letter.at(),
            letter.instance().isEmpty() ? "(no key)" : clean(letter.instance()),
            clean(letter.reason()),
            letter.origin().isEmpty() ? "an unknown place" : clean(letter.origin()),
            letter.bytes(),
            letter.begin());
  }

  private static String clean(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
