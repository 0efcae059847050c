package dev.atmd.server.web;

import dev.atmd.server.files.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The numbers of accounts, which is how the kernel names them. Stateless. */
final class Accounts {
  /** One less than what stands for "no account". */
  private static final long MAX = 0xffff_fffeL;

  private Accounts() {}

  /**
   * @param accounts names or numbers
   * @param passwd usually /etc/passwd
   * @throws StartException if there is no such account; the message says what to do
   */
  static Set<Long> numbers(List<String> accounts, Path passwd) throws StartException {
    var numbers = new HashSet<Long>();
    for (var account : accounts) {
      numbers.add(account.matches("\\d+") ? checked(account) : ofName(account, passwd));
    }
    return Set.copyOf(numbers);
  }

  private static long checked(String number) throws StartException {
    var uid = Long.parseLong(number);
    if (uid > MAX) {
      throw new StartException(
          "web.scrapers has %s, but the greatest number of an account is %d"
              .formatted(number, MAX));
    }
    return uid;
  }

  private static long ofName(String name, Path passwd) throws StartException {
    try (var lines = Files.lines(passwd, StandardCharsets.ISO_8859_1)) {
      var uid =
          lines
              .map(line -> line.split(":", 4))
              .filter(row -> row.length == 4 && row[0].equals(name) && row[2].matches("\\d{1,10}"))
              .mapToLong(row -> Long.parseLong(row[2]))
              .findFirst();
      if (uid.isPresent()) {
        return uid.getAsLong();
      }
    } catch (IOException e) {
      throw new StartException(
          "web.scrapers has %s, but %s cannot be read: name the number of the account (%s)"
              .formatted(name, passwd, e));
    }
    throw new StartException(
        "web.scrapers has %1$s, but %2$s has no such account: correct it, or name the number that `id -u %1$s` prints"
            .formatted(name, passwd));
  }
}
