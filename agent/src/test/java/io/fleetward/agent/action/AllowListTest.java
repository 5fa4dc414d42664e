package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.agent.action.AllowedAction.Command;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowListTest {
  @TempDir Path folder;

  @Test
  void aMissingFolderAllowsNothing() {
    assertThat(AllowList.read(folder.resolve("none")).actions()).isEmpty();
  }

  @Test
  void whatIsNotWrittenIsStrict() throws IOException {
    write("a.yaml", "action: sync\nrun: [sync]\n");

    Command command = (Command) AllowList.read(folder).find("sync").orElseThrow();

    assertThat(command.budget()).isEqualTo(new Budget(1, Duration.ofHours(1)));
    assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(command.evidence()).isEmpty();
  }

  @Test
  void tellsEveryProblemWithItsPlace() throws IOException {
    write(
        "a.yaml",
        """
        action: x
        parameters:
          unit: { pattern: "(" }
          other: {}
        run: ["systemctl", "${nobody}"]
        timeout: soon
        colour: red
        """);
    write("b.yaml", "action: end-process\nuids: [root]\n");

    assertThatThrownBy(() -> AllowList.read(folder))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("a.yaml:3:20: \"(\" is no RE2 pattern")
        .hasMessageContaining("a.yaml:4:3: has no \"pattern\"")
        .hasMessageContaining("a.yaml:5:20: ${nobody} is no parameter")
        .hasMessageContaining("a.yaml:6:10: \"soon\" is not a duration")
        .hasMessageContaining("a.yaml:7:1: unknown key \"colour\"")
        .hasMessageContaining("b.yaml:1:1: \"executables\" is missing")
        .hasMessageContaining("b.yaml:2:8: a user must be a number");
  }

  @Test
  void refusesAProgramThatAPlanWouldChoose() throws IOException {
    write("a.yaml", "action: x\nparameters: { p: { pattern: a } }\nrun: [\"${p}\"]\n");

    assertThatThrownBy(() -> AllowList.read(folder))
        .hasMessageContaining("name the program itself");
  }

  @Test
  void refusesOneActionInTwoFiles() throws IOException {
    write("a.yaml", "action: sync\nrun: [sync]\n");
    write("b.yaml", "action: sync\nrun: [sync, /]\n");

    assertThatThrownBy(() -> AllowList.read(folder)).hasMessageContaining("is in another file too");
  }

  @Test
  void whatAValueContainsIsNeverFilledInAgain() {
    assertThat(
            Placeholders.fill(
                List.of("--x=${a}/${b}", "${b}"), Map.of("a", "${b} $(id)", "b", "2")))
        .containsExactly("--x=${b} $(id)/2", "2");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
