package io.fleetward.cli.operator;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.service.access.Role;
import io.fleetward.service.access.TokenEntry;
import io.fleetward.service.access.Tokens;
import io.fleetward.service.access.Tokens.NewToken;
import io.fleetward.service.access.TokensFile;
import io.fleetward.service.access.TokensFileNotWritableException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fleetward token --person NAME --role ROLE --file tokens.yaml`; needs no running service.
@Command(
    name = "token",
    description = {
      "Makes a token, prints its secret once and adds its digest to the tokens file.",
      "A running service takes it within seconds."
    },
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--person",
      paramLabel = "NAME",
      required = true,
      description = "Whose token it is; decisions are recorded under this name.")
  private String person = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "sender, viewer, operator, approver or admin; several times for several.")
  private List<String> roles = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "The service's tokens file (api.tokens); made if there is none.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this before it calls");
    }
    PrintWriter err = spec.commandLine().getErr();
    try {
      NewToken token = Tokens.create(checkedPerson(), checkedRoles());
      TokensFile.add(file, token.entry());
      spec.commandLine().getOut().println(token.secret());
      err.println(
          "added \"%s\" to %s; the secret above is shown only now"
              .formatted(token.entry().name(), file));
      return ExitStatus.DONE;
    } catch (BadInputException | InvalidConfigurationException | TokensFileNotWritableException e) {
      err.println(e.getMessage());
      return ExitStatus.BAD_INPUT;
    }
  }

  private String checkedPerson() {
    // the token is named after the person and nine characters of its digest
    if (!TokenEntry.NAME.matcher(person).matches() || person.length() > 100) {
      throw new BadInputException(
          "--person is \"%s\"; write letters, digits and . _ @ + -, at most 100"
              .formatted(Output.clean(person)));
    }
    return person;
  }

  private Set<Role> checkedRoles() {
    Set<Role> checked = EnumSet.noneOf(Role.class);
    for (String word : roles) {
      checked.add(
          Arrays.stream(Role.values())
              .filter(role -> role.word().equals(word))
              .findFirst()
              .orElseThrow(() ->
                  new BadInputException(
                      "--role is \"%s\"; write one of %s"
                          .formatted(Output.clean(word), roleWords()))));
    }
    return checked;
  }

  private static String roleWords() {
    return Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
  }
}
