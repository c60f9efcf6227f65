package bellframe.outbox;

/// Hands over the entries of one kind. Runs on a virtual thread and may block.
public interface Delivery {

    /// Hands an entry to its receiver. After a crash the same entry may come again, and one may come that has become
    /// pointless, for which there is nothing to do.
    ///
    /// @throws DeliveryFailed if the receiver did not take it
    void deliver(OutboxEntry entry) throws DeliveryFailed;

    /// Makes durable that an entry will not be handed over, which is the last that is heard of it.
    ///
    /// @param reason why, without anything of what was to be handed over
    void giveUp(OutboxEntry entry, String reason);
}
