import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { failureSentence } from "../language/sentences.ts";
import { useLocaleChange, useWords } from "../language/words.tsx";
import { LanguageSwitch, ThemeSwitch } from "../shell/Preferences.tsx";
import { TextField } from "../ui/fields.tsx";
import { Mark } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { useSignIn } from "./queries.ts";
import "./account.css";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const words = useWords();
  const { t } = words;
  const { to } = route.useSearch();
  const router = useRouter();
  const changeLocale = useLocaleChange();
  const signIn = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: () => signIn.mutateAsync({ email: email.trim(), password }),
    onSuccess: (me) => {
      changeLocale(me.language);
      /* Where they were going when the session had ended. Only ever an address of this app. */
      router.history.push(to?.startsWith("/") && !to.startsWith("//") ? to : "/");
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!enter.isPending) enter.mutate();
  };
  return (
    <main className="signin">
      <title>{`${t("signin.title")} · Tocsin`}</title>
      <div className="box">
        <p className="brand">
          <Mark />
          <span>Tocsin</span>
        </p>
        <h1>{t("signin.title")}</h1>
        {to !== undefined && to !== "/" && <p className="muted">{t("signin.again")}</p>}
        <form className="fields" onSubmit={submit}>
          <TextField
            label={t("signin.email")}
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            required
          />
          <TextField
            label={t("signin.password")}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            required
          />
          {enter.error && <Fault>{failureSentence(words, enter.error)}</Fault>}
          <button className="btn primary big" type="submit" aria-disabled={enter.isPending}>
            {t("signin.enter")}
          </button>
        </form>
        <p className="prefs">
          <LanguageSwitch signedOut />
          <ThemeSwitch />
        </p>
      </div>
    </main>
  );
}
