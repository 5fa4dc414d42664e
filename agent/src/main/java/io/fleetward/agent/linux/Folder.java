package io.fleetward.agent.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A folder of small files of the kernel, such as a device under sysfs. Files are opened, read and
/// closed each time, so that nothing holds on to a device that has gone; nothing is allocated. What
/// cannot be read (absent, not permitted, a device that does not answer) is empty. Confined to one
/// thread.
public final class Folder {
  private final Path path;
  private final byte[] prefix;
  private final ReadRoom room;
  private final Fields content;
  private final Fields entries;
  private @Nullable ReadRoom names;
  private String present = "";

  private Folder(Path path, ReadRoom room) {
    this.path = path;
    this.prefix = (path + "/").getBytes(StandardCharsets.UTF_8);
    this.room = room;
    this.content = new Fields(() -> path + "/" + present);
    this.entries = new Fields(path::toString);
  }

  public static Folder at(Path path) {
    return new Folder(path, new ReadRoom());
  }

  /// A folder within this one. What it reads is gone when this one or another within reads, and
  /// what this one lists stays until this one lists again.
  ///
  /// @param name may have several steps, such as `eth0/statistics`
  public Folder inside(String name) {
    return new Folder(path.resolve(name), room);
  }

  public Path path() {
    return path;
  }

  /// The names of folders and links in it, one a line.
  public Fields folders() {
    return list(false);
  }

  /// The names of all that is in it, one a line.
  public Fields list() {
    return list(true);
  }

  private Fields list(boolean withFiles) {
    ReadRoom own = names;
    if (own == null) {
      own = new ReadRoom();
      names = own;
    }
    int length = own.list(prefix, withFiles);
    return length < 0 ? entries.clear() : entries.reset(own.bytes(), length);
  }

  /// The text of a file.
  ///
  /// @param file relative to this folder, in ASCII
  public Fields read(String file) {
    present = file;
    int length = room.read(prefix, file);
    return length < 0 ? content.clear() : content.reset(room.bytes(), length);
  }

  /// The first line of a file as the current field.
  public Fields line(String file) {
    return read(file).firstLine();
  }

  /// The number that a file consists of; NaN if it is none.
  public double number(String file) {
    return line(file).numberOrNaN();
  }
}
