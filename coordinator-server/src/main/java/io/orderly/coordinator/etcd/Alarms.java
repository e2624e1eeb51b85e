package io.orderly.coordinator.etcd;

import io.orderly.coordinator.api.etcd.AlarmMember;
import io.orderly.coordinator.api.etcd.AlarmType;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.store.StoreView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The alarms that this member raises: about its own space and log, and about members whose states differ. They follow from its state and
 * end with their cause, so that none is raised or disarmed by a client.
 */
final class Alarms {

    private final Coordinator coordinator;

    Alarms(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    List<AlarmMember> of(StoreView view) {
        List<AlarmMember> alarms = new ArrayList<>();
        boolean fitsNoLargeValue =
                view.limits().maxBytes() - view.sizeInBytes() < view.limits().maxValueBytes();
        if (fitsNoLargeValue || coordinator.isDiskLow()) {
            alarms.add(alarm(coordinator.self(), AlarmType.NOSPACE));
        }
        Set<NodeId> corrupt = new TreeSet<>(coordinator.differing());
        if (!coordinator.status().corruptSlots().isEmpty()) {
            corrupt.add(coordinator.self());
        }
        corrupt.forEach(member -> alarms.add(alarm(member, AlarmType.CORRUPT)));
        return alarms;
    }

    /** As etcd writes it. */
    static String text(AlarmMember alarm) {
        return "memberID:%s alarm:%s ".formatted(Long.toUnsignedString(alarm.getMemberID()), alarm.getAlarm());
    }

    private static AlarmMember alarm(NodeId member, AlarmType type) {
        return AlarmMember.newBuilder()
                .setMemberID(member.value())
                .setAlarm(type)
                .build();
    }
}
