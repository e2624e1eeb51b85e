package io.orderly.coordinator.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;

/** Converts keys and values between messages and the store. */
final class ByteStrings {

    private ByteStrings() {}

    static Bytes bytes(ByteString content) {
        return Bytes.wrap(content.toByteArray());
    }

    /** Without a copy: the content of {@code Bytes} never changes. */
    static ByteString byteString(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.content());
    }

    /** The range of a request: one key if there is no end, all keys from the first on if the end is {@code \0}. */
    static KeyRange keyRange(ByteString key, ByteString end) {
        Bytes first = bytes(key);
        if (end.isEmpty()) {
            return KeyRange.of(first);
        }
        return isZero(end) ? KeyRange.from(first) : new KeyRange(first, bytes(end));
    }

    /** The prefix of the keys of a lock or an election with this name. */
    static Bytes queuePrefix(ByteString name) {
        return bytes(name).plus((byte) '/');
    }

    private static boolean isZero(ByteString end) {
        return end.size() == 1 && end.byteAt(0) == 0;
    }
}
