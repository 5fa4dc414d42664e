# Faults that an unprivileged process can make, paced: perl faults.pl KIND RATE SECONDS FOLDER SEED
use strict;
use warnings;
use Fcntl;
use IO::Handle;
use Socket;
use Time::HiRes qw(time sleep);

my ($kind, $rate, $seconds, $folder, $seed) = @ARGV;
srand($seed);
my $end = time + $seconds;
my $MB = 1 << 20;

# Calls the work with how many units are due, 20 times a second, until the end or the limit.
sub paced {
  my ($limit, $work) = @_;
  my ($start, $done) = (time, 0);
  while (time < $end) {
    my $due = int((time - $start) * $rate);
    $due = $limit if $due > $limit;
    if ($due > $done) { $work->($due - $done); $done = $due; }
    sleep 0.05;
  }
}

sub sleep_on { while (time < $end) { sleep 0.2 } }

my %faults = (
  'cpu-hog' => sub {
    my $x = 1;
    while (time < $end) {
      my $until = time + 0.1 * $rate;
      while (time < $until) { $x = ($x * 1103515245 + 12345) % 2147483648 for 1 .. 500 }
      sleep 0.1 * (1 - $rate) if $rate < 1;
    }
  },
  'memory-leak' => sub {
    my @kept;
    paced(700, sub { push @kept, chr(65 + int rand 26) x $MB for 1 .. $_[0] });
  },
  'memory-hog' => sub {
    my @kept = map { chr(65 + $_ % 26) x $MB } 1 .. $rate;
    sleep_on();
  },
  # What a busy service does: it computes, reads and writes a little, and answers.
  'healthy-load' => sub {
    my ($listener, $address) = listener();
    socket my $c, PF_INET, SOCK_STREAM, 0 or die $!;
    connect $c, $address or die $!;
    accept my $s, $listener or die $!;
    my $n = 0;
    while (time < $end) {
      my $until = time + 0.15 * $rate * rand;
      my %words;
      while (time < $until) { $words{int rand 5000}++ for 1 .. 200 }
      my $page = join ' ', sort keys %words;
      syswrite $c, substr($page . ' ' x 8192, 0, 8192);
      my $left = 8192;
      while ($left > 0) { my $got = sysread $s, my $part, $left or last; $left -= $got }
      open my $out, '>', "$folder/page" . $n++ % 12 or die $!;
      print $out $page;
      close $out;
      sleep 0.12 * (1 - $rate);
    }
  },
  'disk-filling' => sub {
    open my $out, '>', "$folder/fill" or die $!;
    my $block = join '', map { chr int rand 256 } 1 .. 4096;
    paced(800, sub {
      for (1 .. $_[0]) { syswrite $out, $block x 256 }
      $out->sync if $seed % 2;
    });
  },
  'inode-filling' => sub {
    my $n = 0;
    paced(60000, sub {
      for (1 .. $_[0]) {
        my $sub = "$folder/d" . int($n / 1000);
        mkdir $sub if $n % 1000 == 0;
        open my $f, '>', "$sub/f" . $n++ or die $!;
      }
    });
  },
  'disk-load' => sub {
    sysopen my $file, "$folder/load", O_RDWR | O_CREAT or die $!;
    my $block = join '', map { chr int rand 256 } 1 .. 4096;
    syswrite $file, $block x 256 for 1 .. 128;
    paced(1e9, sub {
      for (1 .. $_[0]) { sysseek $file, $MB * int(rand 128), 0; syswrite $file, $block x 256 }
      $file->sync;
    });
  },
  'sync-storm' => sub {
    open my $out, '>', "$folder/sync" or die $!;
    paced(1e9, sub { for (1 .. $_[0]) { syswrite $out, 'x' x 512; $out->sync; last if time > $end } });
  },
  'log-flood' => sub {
    open my $out, '>', "$folder/service.log" or die $!;
    my $n = 0;
    paced(1e9, sub {
      for (1 .. $_[0]) {
        syswrite $out, sprintf "%s ERROR worker-%d request %d failed: connection reset by peer, will retry in %d ms\n",
          scalar localtime, $n % 16, $n++, int rand 1000;
      }
    });
  },
  'crash-loop' => sub {
    paced(1e9, sub {
      for (1 .. $_[0]) {
        system $^X, '-e', 'my $x = 0; $x += $_ for 1 .. 200000; die "cannot bind\n"';
        last if time > $end;
      }
    });
  },
  'fork-storm' => sub {
    paced(1e9, sub {
      for (1 .. $_[0]) {
        my $pid = fork;
        exit 0 if defined $pid && $pid == 0;
        waitpid $pid, 0 if defined $pid;
        last if time > $end;
      }
    });
  },
  'task-leak' => sub {
    paced(600, sub { for (1 .. $_[0]) { my $pid = fork; if (defined $pid && $pid == 0) { sleep_on(); exit 0 } } });
  },
  'fd-leak' => sub {
    my @kept;
    paced(15000, sub { for (1 .. $_[0]) { open my $f, '<', '/dev/null' or last; push @kept, $f } });
  },
  'socket-leak' => sub {
    my ($listener, $address) = listener();
    my @kept;
    paced(5000, sub {
      for (1 .. $_[0]) {
        socket my $c, PF_INET, SOCK_STREAM, 0 or last;
        connect $c, $address or last;
        accept my $s, $listener or last;
        push @kept, $c, $s;
      }
    });
  },
  'connection-churn' => sub {
    my ($listener, $address) = listener();
    paced(1e9, sub {
      for (1 .. $_[0]) {
        socket my $c, PF_INET, SOCK_STREAM, 0 or last;
        connect $c, $address or last;
        accept my $s, $listener or last;
        close $s;
        close $c;
        last if time > $end;
      }
    });
  },
  'network-flood' => sub { datagrams(1) },
  'packet-loss' => sub { datagrams(0) },
  'context-switches' => sub {
    pipe my $r1, my $w1;
    pipe my $r2, my $w2;
    my $byte;
    if (!fork) {
      close $w1;
      while (sysread $r1, $byte, 1) { syswrite $w2, 'x' }
      exit 0;
    }
    paced(1e12, sub { for (1 .. $_[0]) { syswrite $w1, 'x'; sysread $r2, $byte, 1; last if time > $end } });
  },
  'memory-churn' => sub {
    paced(1e9, sub { for (1 .. $_[0]) { my $page = 'y' x (16 * $MB); last if time > $end } });
  },
);

sub listener {
  socket my $listener, PF_INET, SOCK_STREAM, 0 or die $!;
  bind $listener, sockaddr_in(0, INADDR_LOOPBACK) or die $!;
  listen $listener, 128 or die $!;
  return ($listener, getsockname $listener);
}

# Datagrams to a socket of our own, which reads them or lets its buffer overflow.
sub datagrams {
  my ($reads) = @_;
  socket my $to, PF_INET, SOCK_DGRAM, 0 or die $!;
  bind $to, sockaddr_in(0, INADDR_LOOPBACK) or die $!;
  socket my $from, PF_INET, SOCK_DGRAM, 0 or die $!;
  my ($address, $data) = (getsockname $to, 'z' x (200 + int rand 1000));
  paced(1e12, sub {
    for (1 .. $_[0]) {
      send $from, $data, 0, $address;
      recv $to, my $got, 2000, 0 if $reads;
      last if time > $end;
    }
  });
}

my $fault = $faults{$kind} or die "no fault $kind\n";
$fault->();
sleep_on();
