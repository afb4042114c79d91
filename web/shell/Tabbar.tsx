/** The same frame on a phone: what is sought most within reach of a thumb, the rest in a sheet. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Me } from "#contract/account.ts";
import { useWords } from "../language/words.tsx";
import { Icon, Mark } from "../ui/Icon.tsx";
import { Modal } from "../ui/Modal.tsx";
import type { Live } from "./live.ts";
import { Foot, LiveState, Places, useInIncident } from "./Sidebar.tsx";

export function Topbar({ live }: { live: Live }) {
  const { t } = useWords();
  return (
    <header className="topbar">
      <Link className="brand" to="/" aria-label={t("shell.home")}>
        <Mark />
        <span>Tocsin</span>
      </Link>
      <span className="push">{!live.connected && <LiveState live={live} />}</span>
      <Link className="find" to="/search" aria-label={t("search.title")}>
        <Icon name="search" size={20} />
      </Link>
    </header>
  );
}

export function Tabbar({ me, live, onKeys }: { me: Me; live: Live; onKeys: () => void }) {
  const { t } = useWords();
  const inside = useInIncident();
  const [open, setOpen] = useState(false);
  return (
    <>
      <nav className="tabbar" aria-label={t("shell.shortcuts")}>
        <Link to="/" activeOptions={{ exact: true, includeSearch: false }} {...(inside && { "aria-current": "true" })}>
          <Icon name="list" size={18} />
          {t("shell.incidents")}
        </Link>
        <Link to="/my-work">
          <Icon name="tray" size={18} />
          {t("shell.my-work")}
        </Link>
        <Link to="." search={(old) => ({ ...old, record: true })} activeProps={{}}>
          <Icon name="plus" size={18} />
          {t("shell.record")}
        </Link>
        <button type="button" aria-expanded={open} onClick={() => setOpen(true)}>
          <Icon name="menu" size={18} />
          {t("shell.more")}
        </button>
      </nav>
      {open && (
        <Modal title={t("shell.more")} closeWord={t("ui.close")} onClose={() => setOpen(false)}>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a link inside was followed, by key or by touch */}
          <div
            className="body sheet"
            onClick={(event) => event.target instanceof Element && event.target.closest("a") && setOpen(false)}
          >
            <Places me={me} />
            <Foot
              me={me}
              live={live}
              onKeys={() => {
                setOpen(false);
                onKeys();
              }}
            />
          </div>
        </Modal>
      )}
    </>
  );
}
