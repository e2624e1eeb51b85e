package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.ResponseHeader;
import io.orderly.coordinator.api.etcd.ResponseOp;
import io.orderly.coordinator.api.etcd.TxnResponse;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class EtcdMessagesTest {

    @Test
    void writeARangeOfOneKeyWithoutAnEnd() {
        RangeRequest message = range(KeyRange.of(Bytes.utf8("a")));
        assertThat(message.getKey()).isEqualTo(ByteString.copyFromUtf8("a"));
        assertThat(message.getRangeEnd()).isEmpty();
    }

    @Test
    void writeARangeWithoutBoundsAsEtcdDoes() {
        ByteString zero = ByteString.copyFrom(new byte[1]);
        RangeRequest message = range(KeyRange.ALL);
        assertThat(message.getKey()).isEqualTo(zero);
        assertThat(message.getRangeEnd()).isEqualTo(zero);
    }

    @Test
    void writeAPrefixAsTheRangeUpToTheNextOne() {
        RangeRequest message = range(KeyRange.startingWith(Bytes.utf8("a/")));
        assertThat(message.getKey()).isEqualTo(ByteString.copyFromUtf8("a/"));
        assertThat(message.getRangeEnd()).isEqualTo(ByteString.copyFromUtf8("a0"));
    }

    @Test
    void thePartsOfATransactionHaveItsRevision() {
        TxnResponse message = TxnResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setRevision(9))
                .setSucceeded(true)
                .addResponses(ResponseOp.newBuilder()
                        .setResponseTxn(TxnResponse.newBuilder().setSucceeded(false)))
                .build();
        assertThat(EtcdResponses.txn(message))
                .isEqualTo(new StoreResponse.Txn(9, true, List.of(new StoreResponse.Txn(9, false, List.of()))));
    }

    private static RangeRequest range(KeyRange keys) {
        return EtcdRequests.range(Operation.Range.of(keys), false);
    }
}
