package io.orderly.coordinator.etcd;

import io.orderly.coordinator.api.etcd.AlarmMember;
import io.orderly.coordinator.api.etcd.AlarmType;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.store.StoreView;
import java.util.ArrayList;
import java.util.List;

/** Alarms of this member. They follow from its state and end with their cause, so that none is raised or disarmed by a client. */
final class Alarms {

    private final Coordinator coordinator;

    Alarms(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    List<AlarmMember> of(StoreView view) {
        List<AlarmMember> alarms = new ArrayList<>();
        boolean fitsNoLargeValue =
                view.limits().maxBytes() - view.sizeInBytes() < view.limits().maxValueBytes();
        if (fitsNoLargeValue) {
            alarms.add(alarm(AlarmType.NOSPACE));
        }
        if (!coordinator.status().corruptSlots().isEmpty()) {
            alarms.add(alarm(AlarmType.CORRUPT));
        }
        return alarms;
    }

    /** As etcd writes it. */
    static String text(AlarmMember alarm) {
        return "memberID:%s alarm:%s ".formatted(Long.toUnsignedString(alarm.getMemberID()), alarm.getAlarm());
    }

    private AlarmMember alarm(AlarmType type) {
        return AlarmMember.newBuilder()
                .setMemberID(coordinator.self().value())
                .setAlarm(type)
                .build();
    }
}
