#!/usr/bin/perl
# The sender in Perl, for where there is no C compiler; atm-send.c says what it does, and why.
use strict;
use warnings FATAL => 'all';
use Fcntl;
use Time::HiRes ();

my ($READ, $ANSWER, $LAST) = (0.11, 0.14, 0.9);
my $MAX_PAYLOAD = 1048576 - 2048;
my ($SPOOL_BYTES, $DROPPED_BYTES) = (16 * 1024 * 1024, 1024 * 1024);

# Without Errno and Socket, which take longer to load than all the rest. These are the numbers of Linux and of macOS.
my $LINUX = $^O eq 'linux';
my $EAGAIN = $LINUX ? 11 : 35;
my ($PF_UNIX, $SOCK_STREAM) = (1, 1);

my $started = now();
sub now { Time::HiRes::clock_gettime(Time::HiRes::CLOCK_MONOTONIC()) }
sub left { my $rest = $started + $_[0] - now(); $rest > 0 ? $rest : 0 }

sub ready {
  my ($fd, $writes, $patience) = @_;
  my $set = '';
  vec($set, $fd, 1) = 1;
  my ($in, $out) = $writes ? (undef, $set) : ($set, undef);
  return select($in, $out, undef, $patience) > 0;
}

sub limit_time {
  $SIG{ALRM} = sub { exit 0 };
  Time::HiRes::alarm($LAST);
  $SIG{PIPE} = 'IGNORE';
}

# Whether this is an object from its beginning to its end, as far as brackets and quotes tell.
sub is_whole {
  my ($text) = @_;
  return 0 unless $text =~ /^\s*\{/ && $text =~ /\}\s*\z/;
  $text =~ s/\\.//gs;
  $text =~ s/"[^"]*"//g;
  return $text !~ /"/ && ($text =~ tr/{[//) == ($text =~ tr/}]//);
}

# Reads stdin to its end, or to the end of the payload if it stays open; the text, and whether it is whole.
sub read_payload {
  my ($until) = @_;
  my ($text, $whole) = ('', 0);
  while (ready(0, 0, $whole ? 0 : left($until))) {
    sysread(STDIN, $text, 65536, length $text) or last;
    $whole = length $text <= $MAX_PAYLOAD && is_whole($text);
  }
  return ($text, $whole);
}

sub slurp {
  my ($path) = @_;
  open(my $file, '<', $path) or return '';
  sysread($file, my $text, 1024);
  return $text // '';
}

my %SHELLS = map { $_ => 1 } qw(sh dash bash ash zsh ksh mksh fish busybox timeout env);

# The nearest ancestor that is named like its harness, else the nearest that is no shell.
sub agent_pid {
  my ($harness) = @_;
  my $pid = getppid();
  return $pid > 1 ? $pid : 0 unless -d '/proc/self';
  my $name = $harness eq 'antigravity' ? 'agy' : $harness;
  my $named = qr{(?:^|/)\Q$name\E(?![A-Za-z])[^/]*$};
  my $nearest = 0;
  for (my $step = 0; $step < 15 && $pid > 1; $step++) {
    slurp("/proc/$pid/stat") =~ /^\d+ \((.*)\) \S (\d+)/s or last;
    my ($comm, $parent) = ($1, $2);
    my $program = readlink("/proc/$pid/exe") // '';
    $program =~ s{.*/}{};
    my $shell = $SHELLS{$comm} || $SHELLS{$program};
    my ($first, $second) = (split(/\0/, slurp("/proc/$pid/cmdline")), '', '');
    return $pid if $comm =~ $named || (!$shell && ($first =~ $named || ($second !~ /^-/ && $second =~ $named)));
    $nearest ||= $pid unless $shell;
    $pid = $parent;
  }
  return $nearest;
}

# Whether that variable holds an id that the payload names: then it was set for this very session.
sub is_of_session {
  my ($variable, $payload) = @_;
  my $id = $ENV{$variable} // '';
  return length $id && index($payload, $id) >= 0;
}

# Others run the hooks that were installed for Claude Code. What was inherited from an outer agent proves nothing.
sub speaker {
  my ($told, $payload) = @_;
  return $told if $told ne 'claude' || is_of_session('CLAUDE_CODE_SESSION_ID', $payload);
  return 'gemini' if is_of_session('GEMINI_SESSION_ID', $payload);
  return $told if defined $ENV{CLAUDECODE};
  return 'droid' if defined $ENV{DROID_PROJECT_DIR} || defined $ENV{FACTORY_PROJECT_DIR};
  return defined $ENV{QWEN_PROJECT_DIR} ? 'qwen' : $told;
}

sub gather {
  my ($harness, $event) = @_;
  my ($seconds, $micros) = Time::HiRes::gettimeofday();
  my ($s, $m, $h, $day, $month, $year) = gmtime $seconds;
  my $noise = 0;
  if (open(my $file, '<', '/dev/urandom')) { sysread($file, my $bytes, 4); $noise = unpack 'L', $bytes }
  my $pane = $ENV{TMUX_PANE} // '';
  return {
    harness => $harness,
    event => $event,
    pid => ($ENV{ATM_PID} // '') =~ /^(\d{1,10})\z/ ? $1 : agent_pid($harness),
    pane => $pane =~ /^%[0-9]{1,10}\z/ ? $pane : '',
    at => sprintf('%04d-%02d-%02dT%02d:%02d:%02d.%06dZ', $year + 1900, $month + 1, $day, $h, $m, $s, $micros),
    id => sprintf('%x%05x-%x-%08x', $seconds, $micros, $$, $noise),
  };
}

sub socket_path {
  return $ENV{ATM_SOCKET} if length($ENV{ATM_SOCKET} // '');
  my $own = length($ENV{XDG_RUNTIME_DIR} // '') ? "$ENV{XDG_RUNTIME_DIR}/atm.sock" : "/tmp/atm-$>/atm.sock";
  return !-e $own && -e '/tmp/atm.sock' ? '/tmp/atm.sock' : $own;
}

# What an agent does is for its user: a daemon of anybody else, except root, hears nothing of it.
# The options are SO_PEERCRED and LOCAL_PEERCRED; where they have other numbers nobody can tell.
sub is_trusted {
  my ($socket) = @_;
  my $peer = $LINUX ? getsockopt($socket, 1, 17) : getsockopt($socket, 0, 1);
  return 1 unless defined $peer && length $peer >= 8;
  my $user = $LINUX ? (unpack 'l L', $peer)[1] : (unpack 'L L', $peer)[1];
  return $user == $> || $user == 0;
}

# Whether the daemon has settled it for sure: applied it, or refused it for ever.
sub is_settled {
  my ($f, $payload) = @_;
  my $path = socket_path();
  return 0 if length $path > ($LINUX ? 107 : 103);
  my $address = $LINUX ? pack('S a108', $PF_UNIX, $path) : pack('C C a104', 106, $PF_UNIX, $path);
  socket(my $socket, $PF_UNIX, $SOCK_STREAM, 0) or return 0;
  fcntl($socket, F_SETFL, O_NONBLOCK) or return 0;
  connect($socket, $address) or return 0;
  is_trusted($socket) or return 0;
  my $request =
    "POST /v1/agents/$f->{harness}/events HTTP/1.1\r\nHost: atmd\r\nAtm-Ack: applied\r\n"
    . "Atm-At: $f->{at}\r\nAtm-Id: $f->{id}\r\nContent-Length: " . length($payload) . "\r\n"
    . ($f->{pid} ? "Atm-Pid: $f->{pid}\r\n" : '')
    . ($f->{pane} ? "Atm-Pane: $f->{pane}\r\n" : '')
    . ($f->{event} ? "Atm-Event: $f->{event}\r\n" : '')
    . "Connection: close\r\n\r\n$payload";
  for (my $sent = 0; $sent < length $request;) {
    my $n = syswrite($socket, $request, length($request) - $sent, $sent);
    if (defined $n) { $sent += $n }
    elsif (($! != $EAGAIN) || !ready(fileno $socket, 1, left($ANSWER))) { return 0 }
  }
  my $answer = '';
  while (length $answer < 12) {
    ready(fileno $socket, 0, left($ANSWER)) or return 0;
    sysread($socket, $answer, 64, length $answer) or return 0;
  }
  return $answer =~ m{^HTTP/1\.1 (?:2|4(?!08))};
}

sub spool_path {
  return $ENV{ATM_SPOOL} if length($ENV{ATM_SPOOL} // '');
  return "$ENV{ATM_SOCKET}.spool" if length($ENV{ATM_SOCKET} // '');
  return "$ENV{XDG_STATE_HOME}/atm/spool" if ($ENV{XDG_STATE_HOME} // '') =~ m{^/};
  return "$ENV{HOME}/.local/state/atm/spool" if ($ENV{HOME} // '') =~ m{^/};
  return "/tmp/atm-$>/spool";
}

# Opens a file of the spool to append to; a directory or a file that is not ours will not do.
sub opened {
  my ($path, $room) = @_;
  sysopen(my $file, $path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0600) or return;
  return -f $file && $room->(-s _) ? $file : undef;
}

sub count_dropped {
  my ($directory) = @_;
  my $file = opened("$directory/dropped", sub { $_[0] < $DROPPED_BYTES }) or return;
  syswrite($file, '.');
}

sub spool {
  my ($f, $payload, $limit) = @_;
  my $directory = spool_path();
  if (!-e $directory) {
    my $path = '';
    for (split m{/}, $directory) { $path .= "$_/"; mkdir $path, 0700 }
  }
  my (undef, undef, $mode, undef, $owner) = lstat $directory or return;
  return unless -d _ && $owner == $> && !($mode & 077);
  $payload =~ tr/\r\n//d;
  my $line =
    "\n{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":\"agent_event\",\"harness\":\"$f->{harness}\""
    . ",\"at\":\"$f->{at}\",\"id\":\"$f->{id}\""
    . ($f->{pid} ? ",\"pid\":$f->{pid}" : '')
    . ($f->{pane} ? ",\"tmux_pane\":\"$f->{pane}\"" : '')
    . ($f->{event} ? ",\"event\":\"$f->{event}\"" : '')
    . ",\"data\":$payload}\n";
  for (1 .. 5) {
    my $file = opened("$directory/events.jsonl", sub { $_[0] + length($line) <= $limit });
    return count_dropped($directory) unless $file && (syswrite($file, $line) // 0) == length $line;
    my @mine = stat $file;
    my @there = lstat "$directory/events.jsonl";
    return if @there && $mine[0] == $there[0] && $mine[1] == $there[1];
  }
}

sub deliver {
  my ($f, $payload, $sendable, $limit) = @_;
  spool($f, $payload, $limit) if $sendable && !is_settled($f, $payload);
}

sub status_line {
  my ($harness, $command) = @_;
  my ($payload, $sendable) = read_payload(defined $command ? 5 : $READ);
  my $f = gather(speaker($harness, $payload), '');
  if (!defined $command) {
    limit_time();
    deliver($f, $payload, $sendable, $SPOOL_BYTES / 2);
    return;
  }
  open(my $input, '+>', undef) or exit 127;
  syswrite($input, $payload);
  sysseek($input, 0, 0);
  if (!(fork // 1)) {
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', '/dev/null');
    open(STDERR, '>', '/dev/null');
    $started = now();
    limit_time();
    eval { deliver($f, $payload, $sendable, $SPOOL_BYTES / 2) };
    exit 0;
  }
  open(STDIN, '<&', $input);
  exec '/bin/sh', '-c', $command;
}

my ($harness, $event, $command) = @ARGV;
my $name = qr/^[A-Za-z0-9_.:-]{1,64}\z/;
exit 0 unless ($harness // '') =~ $name;
$event = '' unless defined $event;
if ($event eq 'status-line') {
  status_line($harness, length($command // '') ? $command : undef);
  exit 0;
}
limit_time();
exit 0 unless $event eq '' || $event =~ $name;
eval {
  my ($payload, $sendable) = read_payload($READ);
  deliver(gather(speaker($harness, $payload), $event), $payload, $sendable, $SPOOL_BYTES);
};
exit 0;
