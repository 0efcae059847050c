/*
 * Hands one event of a coding agent to atmd, or to its spool; run by bin/atm-hook, which says how.
 *
 *   atm-send HARNESS [EVENT]              payload on stdin
 *   atm-send HARNESS status-line [CMD]    the same, and then runs CMD with the payload on stdin
 *
 * Prints nothing, always exits 0 (or as CMD does), and takes less than 200 ms
 * whatever the daemon does. What the daemon has not taken for sure is appended to the spool; the
 * id of the event makes it count once. docs/protocol.md describes both ends.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * Of the 200 ms that a hook may take: how long stdin and the daemon may take. What remains is for the
 * spool and for starting and ending the process. LAST_MS is for file systems that do not answer.
 */
enum { READ_MS = 110, ANSWER_MS = 140, LAST_MS = 900 };

/* As long as a line to the daemon may be, less what stands around a payload. */
enum { MAX_PAYLOAD = 1048576 - 2048 };

/* Status lines repeat themselves: they may fill half of the spool, events all of it. */
enum { SPOOL_BYTES = 16 * 1024 * 1024, DROPPED_BYTES = 1024 * 1024 };

static long long started_ms;

static long long now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What is left until so many milliseconds after the start. */
static int left(int until) {
  long long rest = started_ms + until - now_ms();
  return rest > 0 ? (int)rest : 0;
}

/* The last resort: a file system that does not answer. */
static void give_up(int signal_number) {
  (void)signal_number;
  _exit(0);
}

static void limit_time(void) {
  struct itimerval timer;
  struct sigaction action;
  memset(&timer, 0, sizeof timer);
  timer.it_value.tv_usec = LAST_MS * 1000;
  memset(&action, 0, sizeof action);
  action.sa_handler = give_up;
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &timer, NULL);
  signal(SIGPIPE, SIG_IGN);
}

/* ---- the payload ---- */

struct payload {
  char *bytes;
  size_t length;
  size_t capacity;
  /* Where in the JSON text the reading stands. */
  size_t scanned;
  int depth, in_string, escaped, begun, whole, wrong;
};

/* Follows the JSON text far enough to know where it ends: stdin may never be closed. */
static void scan(struct payload *p) {
  for (; p->scanned < p->length; p->scanned++) {
    char c = p->bytes[p->scanned];
    if (p->whole) {
      if (!isspace((unsigned char)c)) p->wrong = 1;
    } else if (p->in_string) {
      if (p->escaped) p->escaped = 0;
      else if (c == '\\') p->escaped = 1;
      else if (c == '"') p->in_string = 0;
    } else if (c == '{' || c == '[') {
      if (!p->begun && c != '{') p->wrong = 1;
      p->begun = 1;
      p->depth++;
    } else if (c == '}' || c == ']') {
      if (--p->depth == 0) p->whole = 1;
      if (p->depth < 0) p->wrong = 1;
    } else if (c == '"') {
      p->in_string = 1;
      if (!p->begun) p->wrong = 1;
    } else if (!p->begun && !isspace((unsigned char)c)) {
      p->wrong = 1;
    }
  }
}

/* Reads stdin to its end, or to the end of the payload if it stays open. */
static void read_payload(struct payload *p, int until_ms) {
  struct pollfd in = {0, POLLIN, 0};
  memset(p, 0, sizeof *p);
  for (;;) {
    ssize_t n;
    if (p->capacity - p->length < 65536) {
      size_t capacity = p->capacity ? p->capacity * 2 : 131072;
      char *bytes = realloc(p->bytes, capacity);
      if (!bytes) return;
      p->bytes = bytes;
      p->capacity = capacity;
    }
    if (poll(&in, 1, p->whole ? 0 : left(until_ms)) <= 0) return;
    n = read(0, p->bytes + p->length, p->capacity - p->length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    p->length += (size_t)n;
    if (p->length <= MAX_PAYLOAD) scan(p);
  }
}

static int is_sendable(const struct payload *p) {
  return p->whole && !p->wrong && p->length <= MAX_PAYLOAD;
}

/* ---- what the payload lacks ---- */

struct facts {
  const char *harness;
  const char *event;
  long pid;
  char pane[32];
  char at[48];
  char id[64];
};

#ifdef __linux__

struct process {
  long parent;
  char name[64];
};

static int read_file(const char *format, long pid, char *out, size_t size) {
  char path[64];
  int fd;
  ssize_t n;
  snprintf(path, sizeof path, format, pid);
  fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  n = read(fd, out, size - 1);
  close(fd);
  if (n <= 0) return 0;
  out[n] = 0;
  return (int)n;
}

/* "4711 (a name) S 4700 ...": the name may hold anything, so the last bracket ends it. */
static int look_up(long pid, struct process *found) {
  char stat[512];
  char *open_bracket, *close_bracket;
  size_t length;
  if (!read_file("/proc/%ld/stat", pid, stat, sizeof stat)) return 0;
  open_bracket = strchr(stat, '(');
  close_bracket = strrchr(stat, ')');
  if (!open_bracket || !close_bracket || close_bracket < open_bracket) return 0;
  length = (size_t)(close_bracket - open_bracket - 1);
  if (length >= sizeof found->name) length = sizeof found->name - 1;
  memcpy(found->name, open_bracket + 1, length);
  found->name[length] = 0;
  return sscanf(close_bracket + 1, " %*c %ld", &found->parent) == 1;
}

/* "gemini", "kiro-cli" and "cursor-agent" are named after their harness, "pipewire" is no pi. */
static int is_named(const char *path, const char *harness) {
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  size_t length = strlen(harness);
  return strncmp(name, harness, length) == 0 && !isalpha((unsigned char)name[length]);
}

/* Whether the program, or the script that an interpreter runs, has the name of the harness. */
static int runs(long pid, const char *harness) {
  char arguments[1024];
  int length = read_file("/proc/%ld/cmdline", pid, arguments, sizeof arguments);
  size_t first = length ? strlen(arguments) : 0;
  if (!length) return 0;
  if (is_named(arguments, harness)) return 1;
  return (int)first + 1 < length && arguments[first + 1] != '-' && is_named(arguments + first + 1, harness);
}

static int is_one_of_shells(const char *name) {
  static const char *const shells[] = {"sh", "dash", "bash", "ash", "zsh", "ksh", "mksh", "fish", "busybox", "timeout", "env"};
  size_t i;
  for (i = 0; i < sizeof shells / sizeof *shells; i++)
    if (strcmp(name, shells[i]) == 0) return 1;
  return 0;
}

/* Also a script: its process is named after the file, but runs a shell. */
static int is_shell(long pid, const char *name) {
  char link[64], program[1024], *slash;
  ssize_t n;
  if (is_one_of_shells(name)) return 1;
  snprintf(link, sizeof link, "/proc/%ld/exe", pid);
  n = readlink(link, program, sizeof program - 1);
  if (n <= 0) return 0;
  program[n] = 0;
  slash = strrchr(program, '/');
  return slash && is_one_of_shells(slash + 1);
}

/*
 * The agent among our ancestors: the nearest that is named like its harness, since hooks may be run
 * by helpers that end soon; else the nearest that is no shell, as agents start hooks through one.
 */
static long agent_pid(const char *harness) {
  const char *name = strcmp(harness, "antigravity") == 0 ? "agy" : harness;
  struct process process;
  long pid = getppid(), nearest = 0;
  int step;
  for (step = 0; step < 15 && pid > 1 && look_up(pid, &process); step++) {
    int shell = is_shell(pid, process.name);
    if (is_named(process.name, name) || (!shell && runs(pid, name))) return pid;
    if (!nearest && !shell) nearest = pid;
    pid = process.parent;
  }
  return nearest;
}

#else

/* Without /proc: right for hooks that are started without a shell. */
static long agent_pid(const char *harness) {
  (void)harness;
  return getppid() > 1 ? getppid() : 0;
}

#endif

/* Whether that variable holds an id that the payload names: then it was set for this very session. */
static int is_of_session(const char *variable, const struct payload *p) {
  const char *id = getenv(variable);
  size_t length = id ? strlen(id) : 0, at;
  for (at = 0; length > 0 && at + length <= p->length; at++)
    if (memcmp(p->bytes + at, id, length) == 0) return 1;
  return 0;
}

/* Others run the hooks that were installed for Claude Code. What was inherited from an outer agent proves nothing. */
static const char *speaker(const char *told, const struct payload *p) {
  if (strcmp(told, "claude") != 0 || is_of_session("CLAUDE_CODE_SESSION_ID", p)) return told;
  if (is_of_session("GEMINI_SESSION_ID", p)) return "gemini";
  if (getenv("CLAUDECODE")) return told;
  if (getenv("DROID_PROJECT_DIR") || getenv("FACTORY_PROJECT_DIR")) return "droid";
  return getenv("QWEN_PROJECT_DIR") ? "qwen" : told;
}

static void gather(struct facts *f, const char *harness, const char *event) {
  const char *pane = getenv("TMUX_PANE");
  const char *pid = getenv("ATM_PID");
  struct timespec t;
  struct tm utc;
  unsigned int noise = 0;
  int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  clock_gettime(CLOCK_REALTIME, &t);
  gmtime_r(&t.tv_sec, &utc);
  memset(f, 0, sizeof *f);
  f->harness = harness;
  f->event = event;
  /* Whoever starts hooks in a way of its own may say for whom; 0 says that nobody knows. */
  f->pid = pid && *pid ? atol(pid) : agent_pid(harness);
  if (pane && pane[0] == '%' && pane[1] && strlen(pane) < 12 && strspn(pane + 1, "0123456789") == strlen(pane + 1))
    strcpy(f->pane, pane);
  snprintf(f->at, sizeof f->at, "%04d-%02d-%02dT%02d:%02d:%02d.%09ldZ", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, t.tv_nsec);
  if (fd >= 0) {
    if (read(fd, &noise, sizeof noise) < 0) noise = 0;
    close(fd);
  }
  snprintf(f->id, sizeof f->id, "%llx-%lx-%08x", (unsigned long long)t.tv_sec * 1000000000ULL + (unsigned long long)t.tv_nsec, (long)getpid(), noise);
}

/* ---- the daemon ---- */

static int exists(const char *path) {
  struct stat s;
  return stat(path, &s) == 0;
}

/* Where the daemon listens, as for every client. */
static void socket_path(char *out, size_t size) {
  const char *chosen = getenv("ATM_SOCKET");
  const char *runtime = getenv("XDG_RUNTIME_DIR");
  if (chosen && *chosen) {
    snprintf(out, size, "%s", chosen);
    return;
  }
  if (runtime && *runtime) snprintf(out, size, "%s/atm.sock", runtime);
  else snprintf(out, size, "/tmp/atm-%ld/atm.sock", (long)geteuid());
  if (!exists(out) && exists("/tmp/atm.sock")) snprintf(out, size, "/tmp/atm.sock");
}

/* What an agent does is for its user: a daemon of anybody else, except root, hears nothing of it. */
static int is_trusted(int fd) {
#ifdef SO_PEERCRED
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return 0;
  return peer.uid == geteuid() || peer.uid == 0;
#else
  uid_t user;
  gid_t group;
  if (getpeereid(fd, &user, &group) != 0) return 0;
  return user == geteuid() || user == 0;
#endif
}

static int connected(void) {
  struct sockaddr_un address;
  char path[4096];
  int fd;
  socket_path(path, sizeof path);
  if (strlen(path) >= sizeof address.sun_path) return -1;
  memset(&address, 0, sizeof address);
  address.sun_family = AF_UNIX;
  strcpy(address.sun_path, path);
  fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0) return -1;
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  /* A full backlog fails at once, as does a socket that nobody listens at. */
  if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 && is_trusted(fd)) return fd;
  close(fd);
  return -1;
}

static int write_all(int fd, struct iovec *part, int parts) {
  while (parts > 0) {
    struct pollfd out = {fd, POLLOUT, 0};
    ssize_t n = writev(fd, part, parts);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) {
      if (poll(&out, 1, left(ANSWER_MS)) <= 0) return 0;
      continue;
    }
    if (n < 0) return 0;
    while (parts > 0 && (size_t)n >= part->iov_len) {
      n -= (ssize_t)part->iov_len;
      part++;
      parts--;
    }
    if (parts > 0) {
      part->iov_base = (char *)part->iov_base + n;
      part->iov_len -= (size_t)n;
    }
  }
  return 1;
}

/* The status of the answer; 0 if none comes in time. */
static int status_of_answer(int fd) {
  char answer[64];
  size_t length = 0;
  while (length < 12) {
    struct pollfd in = {fd, POLLIN, 0};
    ssize_t n;
    if (poll(&in, 1, left(ANSWER_MS)) <= 0) return 0;
    n = read(fd, answer + length, sizeof answer - 1 - length);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n <= 0) return 0;
    length += (size_t)n;
  }
  answer[length] = 0;
  return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0;
}

/* Whether the daemon has settled it for sure: applied it, or refused it for ever. */
static int is_settled(const struct facts *f, const struct payload *p) {
  char head[2048];
  struct iovec parts[2];
  int fd = connected(), status = 0, n;
  if (fd < 0) return 0;
  n = snprintf(head, sizeof head,
               "POST /v1/agents/%s/events HTTP/1.1\r\nHost: atmd\r\nAtm-Ack: applied\r\nAtm-At: %s\r\nAtm-Id: %s\r\n"
               "Content-Length: %lu\r\n",
               f->harness, f->at, f->id, (unsigned long)p->length);
  if (f->pid) n += snprintf(head + n, sizeof head - (size_t)n, "Atm-Pid: %ld\r\n", f->pid);
  if (*f->pane) n += snprintf(head + n, sizeof head - (size_t)n, "Atm-Pane: %s\r\n", f->pane);
  if (f->event) n += snprintf(head + n, sizeof head - (size_t)n, "Atm-Event: %s\r\n", f->event);
  n += snprintf(head + n, sizeof head - (size_t)n, "Connection: close\r\n\r\n");
  parts[0].iov_base = head;
  parts[0].iov_len = (size_t)n;
  parts[1].iov_base = p->bytes;
  parts[1].iov_len = p->length;
  if (write_all(fd, parts, 2)) status = status_of_answer(fd);
  close(fd);
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status != 408);
}

/* ---- the spool ---- */

/* The directory for the spool, as the daemon finds it: it belongs to the socket. */
static int spool_path(char *out, size_t size) {
  const char *chosen = getenv("ATM_SPOOL");
  const char *socket = getenv("ATM_SOCKET");
  const char *state = getenv("XDG_STATE_HOME");
  const char *home = getenv("HOME");
  if (chosen && *chosen) return snprintf(out, size, "%s", chosen) < (int)size;
  if (socket && *socket) return snprintf(out, size, "%s.spool", socket) < (int)size;
  if (state && *state == '/') return snprintf(out, size, "%s/atm/spool", state) < (int)size;
  if (home && *home == '/') return snprintf(out, size, "%s/.local/state/atm/spool", home) < (int)size;
  return snprintf(out, size, "/tmp/atm-%ld/spool", (long)geteuid()) < (int)size;
}

/* Opens the directory, making it if need be; only one that is ours alone will do. */
static int opened_spool(char *path) {
  struct stat s;
  char *slash;
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) {
    for (slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
      *slash = 0;
      mkdir(path, 0700);
      *slash = '/';
    }
    mkdir(path, 0700);
    fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  }
  if (fd >= 0 && (fstat(fd, &s) != 0 || s.st_uid != geteuid() || (s.st_mode & 077) != 0)) {
    close(fd);
    fd = -1;
  }
  return fd;
}

/* Each event that finds no room adds a byte: its size is their number. */
static void count_dropped(int directory) {
  struct stat s;
  int fd = openat(directory, "dropped", O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  if (fd < 0) return;
  if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size < DROPPED_BYTES && write(fd, ".", 1) < 0) errno = 0;
  close(fd);
}

/*
 * Appends the line. The daemon moves the file aside before it reads it, and a line that is written
 * to it after that may be overlooked: then it is appended once more, and its id makes it count once.
 */
static void append(int directory, const char *line, size_t length, off_t limit) {
  int tries;
  for (tries = 0; tries < 5; tries++) {
    struct stat before, after;
    int fd = openat(directory, "events.jsonl", O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    int written, in_place;
    if (fd < 0) return;
    if (fstat(fd, &before) != 0 || !S_ISREG(before.st_mode) || before.st_size + (off_t)length > limit) {
      close(fd);
      count_dropped(directory);
      return;
    }
    written = write(fd, line, length) == (ssize_t)length;
    /* While the file is open, no other can have its number. */
    in_place = fstatat(directory, "events.jsonl", &after, AT_SYMLINK_NOFOLLOW) == 0 && after.st_ino == before.st_ino && after.st_dev == before.st_dev;
    close(fd);
    if (!written) count_dropped(directory);
    if (!written || in_place) return;
  }
}

/* The event as a line of the protocol; line ends within the payload can only stand between values. */
static void spool(const struct facts *f, const struct payload *p, off_t limit) {
  char path[4096];
  size_t i, n;
  char *line = malloc(p->length + 2048);
  int directory;
  if (!line || !spool_path(path, sizeof path)) return;
  directory = opened_spool(path);
  if (directory < 0) return;
  /* The line end before it parts it from one whose writer was interrupted. */
  n = (size_t)snprintf(line, 2048, "\n{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":\"agent_event\",\"harness\":\"%s\",\"at\":\"%s\",\"id\":\"%s\"", f->harness, f->at, f->id);
  if (f->pid) n += (size_t)sprintf(line + n, ",\"pid\":%ld", f->pid);
  if (*f->pane) n += (size_t)sprintf(line + n, ",\"tmux_pane\":\"%s\"", f->pane);
  if (f->event) n += (size_t)sprintf(line + n, ",\"event\":\"%s\"", f->event);
  n += (size_t)sprintf(line + n, ",\"data\":");
  for (i = 0; i < p->length; i++)
    if (p->bytes[i] != '\n' && p->bytes[i] != '\r') line[n++] = p->bytes[i];
  line[n++] = '}';
  line[n++] = '\n';
  append(directory, line, n, limit);
  close(directory);
}

static void deliver(const struct facts *f, const struct payload *p, off_t limit) {
  if (is_sendable(p) && !is_settled(f, p)) spool(f, p, limit);
}

/* ---- status lines ---- */

/* A file without a name that holds the payload, to be read from its beginning. */
static int as_input(const struct payload *p) {
  char name[4096];
  const char *directory = getenv("TMPDIR");
  size_t done = 0;
  int fd = -1;
#ifdef __linux__
  fd = memfd_create("status-line", MFD_CLOEXEC);
#endif
  if (fd < 0) {
    snprintf(name, sizeof name, "%s/atm-send.XXXXXX", directory && *directory ? directory : "/tmp");
    fd = mkstemp(name);
    if (fd >= 0) unlink(name);
  }
  while (fd >= 0 && done < p->length) {
    ssize_t n = write(fd, p->bytes + done, p->length - done);
    if (n <= 0) break;
    done += (size_t)n;
  }
  if (fd >= 0) lseek(fd, 0, SEEK_SET);
  return fd;
}

/* Becomes the user's command; the sending goes on in a process of its own. */
static int status_line(const char *harness, const char *command) {
  struct payload p;
  struct facts f;
  int input;
  /* Only the sending has a budget; but who never closes stdin shall not wait for ever. */
  read_payload(&p, command ? 5000 : READ_MS);
  gather(&f, speaker(harness, &p), NULL);
  if (!command) {
    limit_time();
    deliver(&f, &p, SPOOL_BYTES / 2);
    return 0;
  }
  if (fork() == 0) {
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) {
      dup2(null, 0);
      dup2(null, 1);
      dup2(null, 2);
    }
    started_ms = now_ms();
    limit_time();
    deliver(&f, &p, SPOOL_BYTES / 2);
    _exit(0);
  }
  input = as_input(&p);
  if (input >= 0) dup2(input, 0);
  execl("/bin/sh", "sh", "-c", command, (char *)NULL);
  return 127;
}

/* Names stand in lines and headers as they are. */
static int is_name(const char *text) {
  size_t length = strlen(text);
  return length > 0 && length <= 64 && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-") == length;
}

int main(int count, char **arguments) {
  struct payload p;
  struct facts f;
  const char *event = count > 2 && *arguments[2] ? arguments[2] : NULL;
  started_ms = now_ms();
  if (count < 2 || !is_name(arguments[1])) return 0;
  if (event && strcmp(event, "status-line") == 0)
    return status_line(arguments[1], count > 3 && *arguments[3] ? arguments[3] : NULL);
  limit_time();
  if (event && !is_name(event)) return 0;
  read_payload(&p, READ_MS);
  gather(&f, speaker(arguments[1], &p), event);
  deliver(&f, &p, SPOOL_BYTES);
  return 0;
}
