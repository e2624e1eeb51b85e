package io.orderly.gossip.message;

import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;

/** Sizes in bytes of what {@link MessageCodec} writes, to fill a message without writing it first. */
public final class WireSize {

    /** The maximum size of a message: an IPv6 packet on Ethernet is not fragmented. */
    public static final int MESSAGE_MAX = 1_400;

    /** The maximum number of elements in a list. */
    static final int ELEMENTS_MAX = 255;

    private static final int MAGIC_AND_VERSION = 3;
    private static final int TYPE = 1;
    private static final int CHECKSUM = 4;
    private static final int NONCE = 8;
    private static final int COUNT = 1;
    private static final int CLAIM = 8 + 1;
    private static final int VERSION = 8 + 8;

    private WireSize() {}

    /**
     * What is left in a message for the elements of its lists.
     *
     * @param names the texts in the message outside of its lists
     */
    public static int available(String cluster, MemberRecord sender, String... names) {
        int used = MAGIC_AND_VERSION + of(cluster) + TYPE + of(sender) + NONCE + 2 * COUNT + CHECKSUM;
        for (String name : names) {
            used += of(name);
        }
        return MESSAGE_MAX - used;
    }

    public static int of(Update update) {
        return 1
                + switch (update) {
                    case Update.State state -> of(state.state());
                    case Update.About about -> of(about.id()) + CLAIM;
                };
    }

    public static int of(DigestEntry entry) {
        return of(entry.id()) + VERSION + CLAIM;
    }

    /** A text, with its length before it. */
    public static int of(String text) {
        return 1 + text.length();
    }

    static int of(MemberState state) {
        return of(state.record()) + CLAIM;
    }

    static int of(MemberRecord record) {
        var description = record.description();
        int address = 1 + description.gossipAddress().getAddress().getAddress().length + 2;
        return of(description.id()) + of(description.service()) + address + of(description.httpUrl()) + 8 + 4 + VERSION;
    }
}
