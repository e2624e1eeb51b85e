package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.ShipmentRows.CapacityRow;

/**
 * No day has more booked parcels than slots, and the number of booked parcels equals the number of scheduled shipments.
 */
final class CapacityIsRespected implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (CapacityRow day : evidence.shipping().capacity()) {
            String subject = day.region() + " " + day.day();
            if (day.booked() > day.slots()) {
                violations.add(subject, "has %d parcels in %d slots", day.booked(), day.slots());
            }
            if (day.booked() != day.scheduled()) {
                violations.add(subject, "has %d booked and %d scheduled", day.booked(), day.scheduled());
            }
        }
    }
}
