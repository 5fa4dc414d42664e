package io.fleetward.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.service.access.Tokens.NewToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensFileTest {
  private static final String DIGEST = "ab".repeat(32);

  @TempDir private Path folder;

  @Test
  void whatWasAddedIsRead() {
    Path file = folder.resolve("new/tokens.yaml");
    NewToken ann = Tokens.create("ann@example.org", Set.of(Role.ADMIN, Role.VIEWER));
    NewToken ben = Tokens.create("ben", Set.of(Role.APPROVER));

    TokensFile.add(file, ann.entry());
    TokensFile.add(file, ben.entry());

    assertThat(TokensFile.read(file).entries()).containsExactly(ann.entry(), ben.entry());
  }

  @Test
  void aNewFileIsForItsOwnerOnlyAndHoldsNoSecret() throws IOException {
    Path file = folder.resolve("tokens.yaml");
    NewToken ann = Tokens.create("ann", Set.of(Role.ADMIN));

    TokensFile.add(file, ann.entry());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain(ann.secret());
    assertThat(folder.toFile().list()).containsExactly("tokens.yaml");
  }

  @Test
  void whatIsWrittenStaysCommentsIncluded() throws IOException {
    Path file = write("# ours\ntokens:\n" + entry("ann", "[viewer]", DIGEST) + "# until May");

    TokensFile.add(file, Tokens.create("ben", Set.of(Role.VIEWER)).entry());

    assertThat(Files.readString(file)).startsWith("# ours\n").contains("# until May\n");
    assertThat(TokensFile.read(file).entries()).hasSize(2);
  }

  @Test
  void aListInAnotherStyleIsWrittenAnew() throws IOException {
    Path file = write("tokens: []\n");
    NewToken ann = Tokens.create("ann", Set.of(Role.VIEWER));

    TokensFile.add(file, ann.entry());

    assertThat(TokensFile.read(file).entries()).containsExactly(ann.entry());
  }

  @Test
  void everyProblemIsToldWithItsPlace() throws IOException {
    Path file =
        write(
            "tokens:\n"
                + entry("ann", "[viewer]", DIGEST)
                + entry("ann", "[root]", "xyz")
                + "  - person: \"a b\"\n    sha256: "
                + DIGEST
                + "\n    colour: red\n"
                + "more: 1\n");

    assertThatThrownBy(() -> TokensFile.read(file))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.line() + " " + problem.message())
                    .containsExactlyInAnyOrder(
                        "6 role \"root\" is unknown; write one of sender, viewer, operator, approver, admin",
                        "6 \"sha256\" must be 64 hexadecimal digits; make the token with: fleetward token",
                        "10 \"name\" is missing; add it",
                        "10 \"person\" is \"a b\"; write letters, digits and . _ @ + -, at most 128",
                        "10 \"roles\" is missing; write at least one of sender, viewer, operator, approver, admin",
                        "12 unknown key \"colour\"; known here: name, person, roles, sha256",
                        "13 unknown key \"more\"; known here: tokens"));
  }

  @Test
  void namesAndDigestsAreUnique() throws IOException {
    Path file =
        write("tokens:\n" + entry("ann", "[viewer]", DIGEST) + entry("ann", "[admin]", DIGEST));

    assertThatThrownBy(() -> TokensFile.read(file))
        .hasMessageContaining("tokens.yaml:6:5: name \"ann\" comes twice; rename one")
        .hasMessageContaining("token \"ann\" has another's sha256; remove one");
  }

  @Test
  void aFileThatCannotBeUsedSaysWhy() throws IOException {
    assertThatThrownBy(() -> TokensFile.read(folder.resolve("none.yaml")))
        .hasMessageContaining("none.yaml: no such file; create it or correct the path");
    for (String text : List.of("", "[", "tokens", "- a", "tokens: {a: b}", "{}")) {
      Path file = write(text);
      assertThatThrownBy(() -> TokensFile.read(file))
          .as(text)
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("tokens.yaml:");
    }
  }

  @Test
  void aBadFileIsLeftAlone() throws IOException {
    Path file = write("tokens: oops\n");

    assertThatThrownBy(
            () -> TokensFile.add(file, Tokens.create("ann", Set.of(Role.VIEWER)).entry()))
        .isInstanceOf(InvalidConfigurationException.class);
    assertThat(Files.readString(file)).isEqualTo("tokens: oops\n");
  }

  @Test
  void aFolderThatCannotBeIsToldAsSuch() throws IOException {
    Path notAFolder = write("tokens: []\n");

    assertThatThrownBy(() ->
            TokensFile.add(
                notAFolder.resolve("tokens.yaml"),
                Tokens.create("ann", Set.of(Role.VIEWER)).entry()))
        .isInstanceOf(TokensFileNotWritableException.class)
        .hasMessageContaining("cannot be written");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("tokens.yaml"), text);
  }

  private static String entry(String name, String roles, String digest) {
    return "  - name: %s\n    person: %s\n    roles: %s\n    sha256: \"%s\"\n"
        .formatted(name, name, roles, digest);
  }
}
