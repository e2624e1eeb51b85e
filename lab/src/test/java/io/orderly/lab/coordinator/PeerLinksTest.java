package io.orderly.lab.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.lab.fault.proxy.LinkConditions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One of two members dials the other. */
@Timeout(20)
class PeerLinksTest {

    private static final int SOON_MILLIS = 300;

    private List<MemberPorts> members;
    private ServerSocket listener;
    private PeerLinks links;
    private Socket dialled;
    private Socket accepted;

    @BeforeEach
    void twoMembers() throws IOException {
        members = MemberPorts.free(2);
        listener = new ServerSocket(members.getLast().peer(), 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        dialled.close();
        accepted.close();
        listener.close();
        links.close();
    }

    private void connect(boolean isPerPair) throws IOException {
        links = new PeerLinks(members, isPerPair, 1);
        int port = links.port(members.getFirst(), members.getLast());
        dialled = new Socket(InetAddress.getLoopbackAddress(), port);
        accepted = listener.accept();
        dialled.setSoTimeout(SOON_MILLIS);
        accepted.setSoTimeout(SOON_MILLIS);
    }

    private static boolean arrives(Socket from, Socket to) throws IOException {
        from.getOutputStream().write(1);
        try {
            return to.getInputStream().read() == 1;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void theOutgoingMessagesOfAMemberCanBeCutAlone() throws IOException {
        connect(true);
        assertThat(arrives(dialled, accepted)).isTrue();

        links.setSending(1, LinkConditions.severed());

        assertThat(arrives(dialled, accepted)).isFalse();
        assertThat(arrives(accepted, dialled)).isTrue();
    }

    @Test
    void theIncomingMessagesOfAMemberCanBeCutAlone() throws IOException {
        connect(true);

        links.setReceiving(1, LinkConditions.severed());

        assertThat(arrives(accepted, dialled)).isFalse();
        assertThat(arrives(dialled, accepted)).isTrue();
    }

    @Test
    void healingDeliversDelayedMessages() throws IOException {
        connect(true);
        links.setReceiving(2, LinkConditions.severed());
        assertThat(arrives(dialled, accepted)).isFalse();

        links.heal();

        assertThat(accepted.getInputStream().read()).isOne();
    }

    @Test
    void withCommonAddressesOnlyResponsesAreCut() throws IOException {
        connect(false);

        links.setSending(2, LinkConditions.severed());

        assertThat(arrives(accepted, dialled)).isFalse();
        assertThat(arrives(dialled, accepted)).isTrue();
        assertThatThrownBy(() -> links.setReceiving(2, LinkConditions.severed()))
                .isInstanceOf(IllegalStateException.class);
    }
}
