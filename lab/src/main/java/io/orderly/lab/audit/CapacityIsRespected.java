package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.ShipmentRows.CapacityRow;

/** No day has more parcels than slots, and what is booked is what the shipments add up to. */
final class CapacityIsRespected implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (CapacityRow day : evidence.shipping().capacity()) {
            String subject = day.region() + " " + day.day();
            if (day.booked() > day.slots()) {
                findings.add(subject, "has %d parcels in %d slots", day.booked(), day.slots());
            }
            if (day.booked() != day.scheduled()) {
                findings.add(subject, "has %d booked and %d scheduled", day.booked(), day.scheduled());
            }
        }
    }
}
