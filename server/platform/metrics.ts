/** Figures for Prometheus: base units, no ids in labels. The escalation lag (due to done) is the one that matters most. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "tocsin_" });
  const registers = [registry];
  return {
    registry,
    signals: new Counter({
      name: "tocsin_signals_total",
      help: "Signals accepted, by what became of them",
      labelNames: ["kind", "became"],
      registers,
    }),
    refused: new Counter({
      name: "tocsin_intake_refused_total",
      help: "Requests refused at intake",
      labelNames: ["kind", "reason"],
      registers,
    }),
    pages: new Counter({
      name: "tocsin_pages_total",
      help: "Pages by channel and outcome",
      labelNames: ["channel", "outcome"],
      registers,
    }),
    delivery: new Histogram({
      name: "tocsin_page_delivery_seconds",
      help: "From the moment a page is due to its acceptance by the provider",
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300],
      registers,
    }),
    escalationLag: new Histogram({
      name: "tocsin_escalation_lag_seconds",
      help: "From the moment a timer is due to the decision it causes",
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 15, 60],
      registers,
    }),
    commitDepth: new Gauge({ name: "tocsin_commit_depth", help: "Inputs waiting to be committed", registers }),
    queueOldest: new Gauge({
      name: "tocsin_queue_oldest_seconds",
      help: "Age of the oldest pending effect",
      registers,
    }),
    deadLetters: new Gauge({ name: "tocsin_dead_letters", help: "Effects that will never leave", registers }),
    failingTimers: new Gauge({
      name: "tocsin_failing_timers",
      help: "Timers that fail again and again",
      registers,
    }),
    buildInfo: new Gauge({
      name: "tocsin_build_info",
      help: "Always 1; which Tocsin this is",
      labelNames: ["version"],
      registers,
    }),
    incidentsOpen: new Gauge({
      name: "tocsin_incidents_open",
      help: "Open incidents by priority, exercises left out",
      labelNames: ["priority"],
      registers,
    }),
    scheduleGap: new Gauge({
      name: "tocsin_schedule_gap_seconds",
      help: "Time in the next 14 days in which a schedule has nobody who may be called, all schedules together",
      registers,
    }),
    streamClients: new Gauge({ name: "tocsin_stream_clients", help: "Open live streams", registers }),
  };
}
