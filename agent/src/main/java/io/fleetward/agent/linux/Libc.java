package io.fleetward.agent.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls of libc and the kernel that Java has no word for, for 64-bit Linux. Results are as C
/// gives them: negative means failed.
final class Libc {
  static final int ESRCH = 3;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle ACCESS =
      bind("access", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle OPEN =
      bind("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle OPEN_OR_ERROR =
      bind(
          "open",
          FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle READ_OR_ERROR =
      bind(
          "read",
          FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle READ =
      bind("read", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle LSEEK =
      bind("lseek", FunctionDescriptor.of(LONG, INT, LONG, INT));
  private static final MethodHandle CLOSE = bind("close", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle GETDENTS =
      bind("getdents64", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle STATVFS =
      bind("statvfs", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  private static final MethodHandle KILL = bind("kill", FunctionDescriptor.of(INT, INT, INT));
  private static final MethodHandle GETUID = bind("getuid", FunctionDescriptor.of(INT));
  private static final MethodHandle PAGE_SIZE = bind("getpagesize", FunctionDescriptor.of(INT));
  private static final MethodHandle PRCTL =
      bind("prctl", FunctionDescriptor.of(INT, INT, LONG, LONG, LONG, LONG));
  private static final MethodHandle UNAME =
      bind("uname", FunctionDescriptor.of(INT, ValueLayout.ADDRESS));
  private static final MethodHandle ADJTIMEX =
      bind("adjtimex", FunctionDescriptor.of(INT, ValueLayout.ADDRESS));
  private static final MethodHandle POLL =
      bind("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
  private static final MethodHandle SYSCALL =
      bind(
          "syscall",
          FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG),
          Linker.Option.captureCallState("errno"));

  private Libc() {}

  @SuppressWarnings("restricted")
  static MethodHandle bind(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(
        SYMBOLS.find(name).orElseThrow(() -> new IllegalStateException("this libc has no " + name)),
        descriptor,
        options);
  }

  static int access(MemorySegment path, int mode) {
    try {
      return (int) ACCESS.invokeExact(path, mode);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int open(MemorySegment path, int flags) {
    try {
      return (int) OPEN.invokeExact(path, flags);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static long read(int file, MemorySegment buffer, long length) {
    try {
      return (long) READ.invokeExact(file, buffer, length);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Room for what a failed call leaves behind.
  static MemorySegment newCallState() {
    return Arena.ofAuto().allocate(CALL_STATE);
  }

  /// Opens a file; negated `errno` if that fails.
  static int open(MemorySegment path, int flags, MemorySegment callState) {
    try {
      int file = (int) OPEN_OR_ERROR.invokeExact(callState, path, flags);
      return file < 0 ? -(int) ERRNO.get(callState, 0L) : file;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// Reads; negated `errno` if that fails.
  static long read(int file, MemorySegment buffer, long length, MemorySegment callState) {
    try {
      long count = (long) READ_OR_ERROR.invokeExact(callState, file, buffer, length);
      return count < 0 ? -(int) ERRNO.get(callState, 0L) : count;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static long seek(int file, long offset, int from) {
    try {
      return (long) LSEEK.invokeExact(file, offset, from);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int close(int file) {
    try {
      return (int) CLOSE.invokeExact(file);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static long directoryEntries(int file, MemorySegment buffer, long length) {
    try {
      return (long) GETDENTS.invokeExact(file, buffer, length);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int statvfs(MemorySegment path, MemorySegment result) {
    try {
      return (int) STATVFS.invokeExact(path, result);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int kill(int process, int signal) {
    try {
      return (int) KILL.invokeExact(process, signal);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int userId() {
    try {
      return (int) GETUID.invokeExact();
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int pageSize() {
    try {
      return (int) PAGE_SIZE.invokeExact();
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int processControl(int option, long argument) {
    try {
      return (int) PRCTL.invokeExact(option, argument, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int uname(MemorySegment result) {
    try {
      return (int) UNAME.invokeExact(result);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int adjtimex(MemorySegment clock) {
    try {
      return (int) ADJTIMEX.invokeExact(clock);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int poll(MemorySegment descriptors, long count, int timeoutMillis) {
    try {
      return (int) POLL.invokeExact(descriptors, count, timeoutMillis);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// A system call; negated `errno` where it failed.
  static long systemCall(long number, long first, long second, long third, long fourth) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long result = (long) SYSCALL.invokeExact(state, number, first, second, third, fourth);
      return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static IllegalStateException impossible(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a call of libc did not link", cause);
  }
}
