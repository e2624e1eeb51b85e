package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.store.StoreResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests of clients while replies are lost, late, repeated or out of order, and leaders change. */
class ForwardingTest {

    private static final NodeId SELF = new NodeId(1);
    private static final NodeId LEADER = new NodeId(2);
    private static final NodeId NEXT = new NodeId(3);
    private static final Ballot BALLOT = new Ballot(1, 2);
    private static final Ballot NEXT_BALLOT = new Ballot(2, 3);
    private static final ForwardedRequest COMMAND = new ForwardedRequest.Execute(new byte[] {1});
    private static final ForwardedRequest READ = new ForwardedRequest.ReadBarrier();
    private static final ForwardedRequest RENEWAL = new ForwardedRequest.KeepAlive(7);
    private static final ForwardedReply NOT_LEADER = new ForwardedReply.Refused(new Refusal.NotLeader(null));
    private static final ForwardedReply UNKNOWN = new ForwardedReply.Unknown();

    private record Sent(NodeId to, long id, ForwardedRequest request) {}

    private final List<Sent> sent = new ArrayList<>();
    private final List<ForwardedReply> replies = new ArrayList<>();
    private boolean isConnected = true;
    private long nowNanos;

    private final Forwarding forwarding =
            new Forwarding(SELF, ForwardingSettings.DEFAULTS, 100, new Forwarding.Route() {
                @Override
                public void serveHere(long id, ForwardedRequest request) {
                    sent.add(new Sent(SELF, id, request));
                }

                @Override
                public boolean send(NodeId leader, long id, ForwardedRequest request) {
                    if (isConnected) {
                        sent.add(new Sent(leader, id, request));
                    }
                    return isConnected;
                }
            });

    private void submit(ForwardedRequest request) {
        forwarding.submit(request, replies::add, nowNanos);
    }

    private void follow() {
        forwarding.dispatch(LEADER, BALLOT, nowNanos);
    }

    private void followNext() {
        forwarding.dispatch(NEXT, NEXT_BALLOT, nowNanos);
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
        forwarding.tick(nowNanos);
    }

    private void reply(Sent to, ForwardedReply reply) {
        forwarding.replied(to.to(), to.id(), reply);
    }

    private static ForwardedReply executed(long slot) {
        return new ForwardedReply.Executed(slot, new StoreResponse.Done(slot));
    }

    @Test
    void aCommandIsAnsweredOnceItsSlotIsApplied() {
        submit(COMMAND);
        follow();
        reply(sent.getFirst(), executed(10));
        forwarding.applied(9);
        assertThat(replies).isEmpty();
        forwarding.applied(10);
        assertThat(replies).containsExactly(executed(10));
    }

    @Test
    void clientsAreAnsweredInTheOrderInWhichSlotsAreApplied() {
        submit(COMMAND);
        submit(COMMAND);
        follow();
        reply(sent.get(1), executed(11));
        reply(sent.get(0), executed(10));
        forwarding.applied(10);
        assertThat(replies).containsExactly(executed(10));
        forwarding.applied(11);
        assertThat(replies).containsExactly(executed(10), executed(11));
    }

    @Test
    void aRepeatedReplyHasNoEffect() {
        forwarding.applied(10);
        submit(COMMAND);
        follow();
        reply(sent.getFirst(), executed(10));
        reply(sent.getFirst(), executed(10));
        reply(sent.getFirst(), NOT_LEADER);
        pass(Duration.ofMillis(10));
        follow();
        assertThat(replies).hasSize(1);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aReplyOfAMemberThatWasNotAskedHasNoEffect() {
        submit(COMMAND);
        follow();
        forwarding.replied(NEXT, sent.getFirst().id(), NOT_LEADER);
        pass(Duration.ofMillis(10));
        follow();
        assertThat(sent).hasSize(1);
    }

    @Test
    void aCommandWhoseReplyIsLostIsNeverSentAgainAndItsOutcomeIsUnknown() {
        submit(COMMAND);
        for (int i = 0; i < 499; i++) {
            follow();
            pass(Duration.ofMillis(10));
        }
        assertThat(replies).isEmpty();
        pass(Duration.ofMillis(10));
        assertThat(replies).containsExactly(UNKNOWN);
        assertThat(sent).hasSize(1);
        reply(sent.getFirst(), executed(1));
        assertThat(replies).as("after a late reply").hasSize(1);
    }

    @Test
    void aCommandIsSentAgainIfItWasRefusedWithoutEffect() {
        submit(COMMAND);
        follow();
        reply(sent.getFirst(), NOT_LEADER);
        follow();
        assertThat(sent).as("before the next tick").hasSize(1);
        pass(Duration.ofMillis(10));
        follow();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).id()).isNotEqualTo(sent.get(0).id());
        reply(sent.get(0), NOT_LEADER);
        pass(Duration.ofMillis(10));
        follow();
        assertThat(sent).as("after the first refusal arrived again").hasSize(2);
    }

    @Test
    void aCommandThatWasNotSentIsSentToTheNextLeader() {
        isConnected = false;
        submit(COMMAND);
        follow();
        isConnected = true;
        pass(Duration.ofMillis(10));
        followNext();
        assertThat(sent).extracting(Sent::to).containsExactly(NEXT);
        pass(Duration.ofSeconds(1));
        assertThat(replies).isEmpty();
    }

    @Test
    void theOutcomeOfACommandIsUnknownSoonAfterAnotherLeaderIsElected() {
        submit(COMMAND);
        follow();
        followNext();
        pass(Duration.ofMillis(50));
        assertThat(replies).isEmpty();
        pass(Duration.ofMillis(50));
        assertThat(replies).containsExactly(UNKNOWN);
        assertThat(sent).hasSize(1);
    }

    @Test
    void theReplyOfAnEarlierLeaderIsUsedIfItArrivesInTime() {
        forwarding.applied(10);
        submit(COMMAND);
        follow();
        followNext();
        reply(sent.getFirst(), executed(10));
        pass(Duration.ofSeconds(1));
        assertThat(replies).containsExactly(executed(10));
    }

    @Test
    void aCommandWithoutALeaderIsRefusedAtItsDeadline() {
        submit(COMMAND);
        forwarding.dispatch(null, Ballot.ZERO, nowNanos);
        pass(Duration.ofMillis(4_999));
        assertThat(replies).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(replies).containsExactly(NOT_LEADER);
        followNext();
        assertThat(sent).isEmpty();
    }

    @Test
    void theOutcomeOfADecidedCommandIsUnknownIfItIsNotAppliedByItsDeadline() {
        submit(COMMAND);
        follow();
        reply(sent.getFirst(), executed(10));
        pass(Duration.ofSeconds(5));
        forwarding.applied(10);
        assertThat(replies).containsExactly(UNKNOWN);
    }

    @Test
    void otherRefusalsAreFinal() {
        ForwardedReply overloaded = new ForwardedReply.Refused(new Refusal.Overloaded());
        submit(COMMAND);
        follow();
        reply(sent.getFirst(), overloaded);
        pass(Duration.ofMillis(10));
        follow();
        assertThat(replies).containsExactly(overloaded);
        assertThat(sent).hasSize(1);
    }

    @Test
    void readsThatArriveTogetherShareOneBarrier() {
        submit(READ);
        submit(READ);
        submit(READ);
        follow();
        assertThat(sent).hasSize(1);
        forwarding.applied(4);
        reply(sent.getFirst(), new ForwardedReply.ReadableAt(5));
        assertThat(replies).isEmpty();
        forwarding.applied(5);
        assertThat(replies).hasSize(3);
    }

    /** A barrier that was sent before a read arrived does not cover it. */
    @Test
    void aReadNeverJoinsAPendingBarrier() {
        forwarding.applied(5);
        submit(READ);
        follow();
        submit(READ);
        reply(sent.getFirst(), new ForwardedReply.ReadableAt(5));
        assertThat(replies).hasSize(1);
        follow();
        reply(sent.get(1), new ForwardedReply.ReadableAt(5));
        assertThat(replies).hasSize(2);
    }

    @Test
    void readsWaitWhileTooManyBarriersArePending() {
        for (int i = 0; i < 10; i++) {
            submit(READ);
            follow();
        }
        assertThat(sent).hasSize(ForwardingSettings.DEFAULTS.maxBarriers());
        forwarding.applied(5);
        reply(sent.getFirst(), new ForwardedReply.ReadableAt(5));
        follow();
        assertThat(sent).hasSize(ForwardingSettings.DEFAULTS.maxBarriers() + 1);
        reply(sent.getLast(), new ForwardedReply.ReadableAt(5));
        assertThat(replies).hasSize(9);
    }

    @Test
    void readsAndRenewalsWhoseReplyIsLostAreSentAgain() {
        submit(READ);
        submit(RENEWAL);
        follow();
        pass(Duration.ofMillis(499));
        follow();
        assertThat(sent).hasSize(2);
        pass(Duration.ofMillis(1));
        follow();
        assertThat(sent).hasSize(4);
        sent.stream()
                .filter(one -> one.request().equals(RENEWAL))
                .toList()
                .forEach(one -> reply(one, new ForwardedReply.KeptAlive(1_000)));
        assertThat(replies).as("a renewal, answered once").containsExactly(new ForwardedReply.KeptAlive(1_000));
    }

    @Test
    void readsAndRenewalsGoToTheNextLeaderAtOnce() {
        submit(READ);
        submit(RENEWAL);
        follow();
        followNext();
        assertThat(sent).extracting(Sent::to).containsExactly(LEADER, LEADER, NEXT, NEXT);
        pass(Duration.ofSeconds(5));
        assertThat(replies).containsExactlyInAnyOrder(new ForwardedReply.Refused(new Refusal.NotLeader(NEXT)), UNKNOWN);
    }

    /** The first leader may have renewed the lease before its reply was lost. */
    @Test
    void aRenewalThatALeaderMayHaveReceivedIsUnknownAtItsDeadlineAlthoughTheNextLeaderRefusesIt() {
        submit(RENEWAL);
        follow();
        followNext();
        reply(sent.getLast(), NOT_LEADER);
        pass(Duration.ofSeconds(5));
        assertThat(replies).containsExactly(UNKNOWN);
    }

    @Test
    void aRenewalWhoseOnlyReplyTellsNoOutcomeIsUnknownAtItsDeadline() {
        submit(RENEWAL);
        follow();
        reply(sent.getFirst(), UNKNOWN);
        pass(Duration.ofSeconds(5));
        assertThat(replies).containsExactly(UNKNOWN);
    }

    @Test
    void aRenewalThatWasOnlyRefusedHasHadNoEffect() {
        submit(RENEWAL);
        follow();
        reply(sent.getFirst(), NOT_LEADER);
        pass(Duration.ofSeconds(5));
        assertThat(replies).containsExactly(new ForwardedReply.Refused(new Refusal.NotLeader(LEADER)));
    }

    @Test
    void aRenewalWithUnknownOutcomeIsRepeatedAndAMembershipChangeIsNot() {
        submit(RENEWAL);
        submit(new ForwardedRequest.ChangeMembership(new MembershipRequest.Promote(NEXT)));
        follow();
        List.copyOf(sent).forEach(one -> reply(one, UNKNOWN));
        assertThat(replies).containsExactly(UNKNOWN);
        pass(Duration.ofMillis(10));
        follow();
        assertThat(sent).extracting(Sent::request).last().isEqualTo(RENEWAL);
        assertThat(sent).hasSize(3);
    }

    @Test
    void aMemberThatRemovesItselfIsAnsweredWithoutTheDecision() {
        submit(new ForwardedRequest.ChangeMembership(new MembershipRequest.Remove(SELF)));
        submit(new ForwardedRequest.ChangeMembership(new MembershipRequest.Remove(NEXT)));
        follow();
        List.copyOf(sent).forEach(one -> reply(one, new ForwardedReply.MembershipChanged(10)));
        assertThat(replies).hasSize(1);
        forwarding.applied(10);
        assertThat(replies).hasSize(2);
    }

    @Test
    void aLeaderServesTheRequestsOfItsOwnClients() {
        forwarding.applied(10);
        submit(COMMAND);
        forwarding.dispatch(SELF, new Ballot(3, 1), nowNanos);
        assertThat(sent).extracting(Sent::to).containsExactly(SELF);
        reply(sent.getFirst(), executed(10));
        assertThat(replies).containsExactly(executed(10));
    }

    @Test
    void anAnsweredRequestIsReleased() {
        var client = new PendingRequest.Client(replies::add, 0);
        client.request = new PendingRequest(COMMAND, List.of(client));
        client.answer(UNKNOWN);
        assertThat(client.request).isNull();
        assertThat(replies).containsExactly(UNKNOWN);
    }

    @Test
    void allRequestsAreAnsweredWhenTheMemberStops() {
        submit(COMMAND);
        submit(RENEWAL);
        follow();
        submit(COMMAND);
        submit(READ);
        forwarding.end();
        assertThat(replies).hasSize(4).filteredOn(UNKNOWN::equals).hasSize(2);
    }
}
