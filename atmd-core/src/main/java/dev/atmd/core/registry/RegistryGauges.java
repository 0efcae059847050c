package dev.atmd.core.registry;

/** Counts what goes on in a registry. Called on its thread or on a sender's; must not block. */
public interface RegistryGauges {
  /** For whoever does not count. */
  RegistryGauges NONE =
      new RegistryGauges() {
        @Override
        public void sessions(int count) {}

        @Override
        public void texts(long bytes, long shortened) {}

        @Override
        public void commandFailed() {}

        @Override
        public void mailboxWasFull() {}
      };

  void sessions(int count);

  /** What the texts of all sessions take, and how many have lost text because it was too much. */
  void texts(long bytes, long shortened);

  void commandFailed();

  void mailboxWasFull();
}
