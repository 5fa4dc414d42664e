package io.fleetward.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "42, 42",
    "-1, -1",
    "0.25, 0.25",
    "-27.5, -27.5",
    "0x1303, 4867",
    "1a, NaN",
    "1.2.3, NaN",
    "0x, NaN",
    "-, NaN",
    "'', NaN",
    "12., 12"
  })
  void readsANumberOrNone(String text, Double expected) {
    assertThat(fields(text).firstLine().numberOrNaN()).isEqualTo(expected);
  }

  @Test
  void readsSignedAndHexadecimal() throws MalformedFileException {
    Fields fields = fields("-12 00ff zz");
    fields.nextLine();
    fields.nextField();
    assertThat(fields.signed()).isEqualTo(-12);
    fields.nextField();
    assertThat(fields.hexadecimal()).isEqualTo(255);
    fields.nextField();
    assertThatThrownBy(fields::hexadecimal)
        .hasMessage("file:1: \"zz\" is not a hexadecimal number");
  }

  @Test
  void theRestOfALineLosesItsSpaces() {
    Fields fields = fields("name:  two words \nnext");
    fields.nextLine();
    fields.nextField((byte) ':');

    assertThat(fields.rest().text()).isEqualTo("two words");
    assertThat(fields.nextField()).isFalse();
    fields.again();
    assertThat(fields.nextField((byte) ':')).isTrue();
    assertThat(fields.text()).isEqualTo("name");
    assertThat(fields.nextLine()).isTrue();
  }

  @Test
  void findsTextInAField() {
    Fields line = fields("blk_update: I/O error, dev sda").firstLine();

    assertThat(line.contains("I/O error")).isTrue();
    assertThat(line.contains("I/O errors")).isFalse();
    assertThat(line.endsWith("dev sda")).isTrue();
    assertThat(line.cut(4).text()).isEqualTo("blk_update: I/O error, dev");
  }

  private static Fields fields(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Fields("file").reset(bytes, bytes.length);
  }
}
